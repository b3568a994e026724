import type { Sentences } from './sentences.ts';

/** The sentences for end customers in English. */
export const customerEnglish: Sentences = {
  not_done: 'The recharge could not be made. You have not been charged. Please try again or ask the seller.',
  not_now: 'The recharge service is busy. Nothing was done. Please try again in a moment.',
  not_offered: 'This recharge is not on sale at the moment. Please choose another one.',
  check_number: 'This number is not valid for this recharge. Please check it.',

  not_a_number: 'This is not a phone number. Please check it.',
  too_short: 'This number is not complete: it has too few digits. Please check it.',
  too_long: 'This number has too many digits. Please check it.',
  other_country: 'This number is of another country or territory: {countries}. Please choose a recharge for it.',
  elsewhere: 'This number is not of the country of this recharge. Please check it.',
  not_mobile: 'This is not a mobile number. Please give a mobile number.',
  number_missing: 'The number to recharge is missing.',
  serial_not_digits: 'The serial number of a SIM card has digits only. Please check it.',
  serial_too_short: 'The serial number of the SIM card is not complete: it has too few digits. Please check it.',
  serial_too_long: 'The serial number of the SIM card has too many digits. Please check it.',
  serial_check_digit:
    'The serial number of the SIM card is not right: a digit is wrong, missing or too many. Please check it.',
  serial_missing: 'The serial number of the SIM card is missing.',
  line_not_taken: 'An eSIM comes with a number of its own: none can be given.',

  ok: 'The recharge has been made.',
  pending: 'The recharge is being processed. Please do not order it again: you will get the result here.',
  pin_ok: 'Your top-up code is ready. Please type it in on your phone: until then, nothing has been recharged.',
  esim_ok: 'Your eSIM is ready to be installed.',
  esim_pending: 'Your eSIM is being prepared. Please do not order it again: you will get it here.',
  parked: 'This recharge is sold out for the moment. Your order waits for it: please do not order it again.',
  bucket_empty: 'This recharge is sold out for the moment. You have not been charged. Please choose another one.',
  line_unknown: 'The operator does not know this number. You have not been charged. Please check the number.',
  line_barred:
    'The operator does not accept recharges for this line. You have not been charged. Please contact the operator.',
  recently_recharged:
    'This line has just been recharged. You have not been charged again. Please wait before the next recharge.',
  limit_exceeded: "This line has reached the operator's recharge limit. You have not been charged.",
  supplier_unavailable:
    'The operator cannot be reached at the moment. You have not been charged. Please try again later.',
  supplier_out_of_stock:
    'This recharge is sold out for the moment. You have not been charged. Please choose another one.',
  supplier_refused: 'The operator has refused this recharge. You have not been charged.',
  not_delivered: 'The recharge did not arrive. You have not been charged. You may order it again.',
  expired: 'The recharge could not be confirmed and was cancelled. Please ask the seller before you order again.',
  reversed: 'This recharge was cancelled. Please ask the seller what that means for your payment.',
  price_changed: 'The price of this recharge has changed. You have not been charged. Please ask the seller.',
  wrong_network: 'This number is in another network than this recharge is for. You have not been charged.',
  line_limit_reached: 'This line has been recharged as often as is allowed for one day. You have not been charged.',
  user_limit_reached: 'You have reached the number of recharges allowed for one hour. You have not been charged.',
  order_cancelled: 'Your order was cancelled. You have not been charged.',
  idempotency_in_progress: 'The recharge is already being processed. Please wait for its result.',
  not_supported: 'This information is not available for this line.',
  sim_unknown: 'The operator does not know this SIM. Please check its number.',
  supplier_silent: 'The operator does not answer at the moment. Please try again later.',
  service_unavailable:
    'It is not certain whether the recharge was made. Please do not order it again: the seller can find out.',
  internal_error: 'Something went wrong on our side. Please ask the seller before you order again.',
};
