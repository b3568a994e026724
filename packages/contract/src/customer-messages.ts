import type { Reason } from './reasons.ts';

/** Languages in which end customers are addressed. */
export const LANGUAGES = ['en', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

type Sentences = Record<Language, string>;

const notDone: Sentences = {
  en: 'The recharge could not be made. You have not been charged. Please try again or ask the seller.',
  fr: "La recharge n'a pas pu être faite. Rien ne vous a été débité. Réessayez ou adressez-vous au vendeur.",
};
const notNow: Sentences = {
  en: 'The recharge service is busy. Nothing was done. Please try again in a moment.',
  fr: "Le service de recharge est momentanément indisponible. Rien n'a été fait. Réessayez dans un instant.",
};
const notOffered: Sentences = {
  en: 'This recharge is not on sale at the moment. Please choose another one.',
  fr: "Cette recharge n'est pas en vente actuellement. Veuillez en choisir une autre.",
};
const checkNumber: Sentences = {
  en: 'This number is not valid for this recharge. Please check it.',
  fr: "Ce numéro n'est pas valable pour cette recharge. Veuillez le vérifier.",
};

/** What a sale that was not refused came to: of a recharge, or of an eSIM. */
type SaleEnd = 'ok' | 'pending' | 'esim_ok' | 'esim_pending';

/** Whatever an end customer may have to be told. */
export type Outcome = Reason | SaleEnd;

/** What to tell the end customer for each outcome: plain words, nothing internal, safe to show as it is. */
const MESSAGES: Record<Outcome, Sentences> = {
  ok: { en: 'The recharge has been made.', fr: 'La recharge a été effectuée.' },
  pending: {
    en: 'The recharge is being processed. Please do not order it again: you will get the result here.',
    fr: 'La recharge est en cours de traitement. Ne la commandez pas à nouveau : le résultat sera affiché ici.',
  },
  esim_ok: { en: 'Your eSIM is ready to be installed.', fr: 'Votre eSIM est prête à être installée.' },
  esim_pending: {
    en: 'Your eSIM is being prepared. Please do not order it again: you will get it here.',
    fr: 'Votre eSIM est en cours de préparation. Ne la commandez pas à nouveau : elle vous sera remise ici.',
  },
  invalid_json: notDone,
  missing_offer_id: notDone,
  invalid_offer_id: notOffered,
  product_unavailable: notOffered,
  bucket_empty: {
    en: 'This recharge is sold out for the moment. You have not been charged. Please choose another one.',
    fr: "Cette recharge est épuisée pour l'instant. Rien ne vous a été débité. Veuillez en choisir une autre.",
  },
  missing_parameters: checkNumber,
  empty_parameters: checkNumber,
  supplier_not_managed: notOffered,
  bad_parameter: checkNumber,
  line_unknown: {
    en: 'The operator does not know this number. You have not been charged. Please check the number.',
    fr: "L'opérateur ne connaît pas ce numéro. Rien ne vous a été débité. Veuillez vérifier le numéro.",
  },
  line_barred: {
    en: 'The operator does not accept recharges for this line. You have not been charged. Please contact the operator.',
    fr: "L'opérateur n'accepte pas de recharge sur cette ligne. Rien ne vous a été débité. Contactez l'opérateur.",
  },
  recently_recharged: {
    en: 'This line has just been recharged. You have not been charged again. Please wait before the next recharge.',
    fr: "Cette ligne vient d'être rechargée. Rien ne vous a été débité en plus. Patientez avant une autre recharge.",
  },
  limit_exceeded: {
    en: "This line has reached the operator's recharge limit. You have not been charged.",
    fr: "Cette ligne a atteint le plafond de recharge de l'opérateur. Rien ne vous a été débité.",
  },
  supplier_unavailable: {
    en: 'The operator cannot be reached at the moment. You have not been charged. Please try again later.',
    fr: "L'opérateur est injoignable pour le moment. Rien ne vous a été débité. Réessayez plus tard.",
  },
  supplier_out_of_stock: {
    en: 'This recharge is sold out for the moment. You have not been charged. Please choose another one.',
    fr: "Cette recharge est épuisée pour l'instant. Rien ne vous a été débité. Veuillez en choisir une autre.",
  },
  supplier_refused: {
    en: 'The operator has refused this recharge. You have not been charged.',
    fr: "L'opérateur a refusé cette recharge. Rien ne vous a été débité.",
  },
  not_delivered: {
    en: 'The recharge did not arrive. You have not been charged. You may order it again.',
    fr: "La recharge n'est pas arrivée. Rien ne vous a été débité. Vous pouvez la commander à nouveau.",
  },
  expired: {
    en: 'The recharge could not be confirmed and was cancelled. Please ask the seller before you order again.',
    fr: "La recharge n'a pas pu être confirmée et a été annulée. Adressez-vous au vendeur avant de recommander.",
  },
  price_changed: {
    en: 'The price of this recharge has changed. You have not been charged. Please ask the seller.',
    fr: 'Le prix de cette recharge a changé. Rien ne vous a été débité. Adressez-vous au vendeur.',
  },
  line_limit_reached: {
    en: 'This line has been recharged as often as is allowed for one day. You have not been charged.',
    fr: 'Cette ligne a été rechargée autant de fois que permis pour une journée. Rien ne vous a été débité.',
  },
  user_limit_reached: {
    en: 'You have reached the number of recharges allowed for one hour. You have not been charged.',
    fr: 'Vous avez atteint le nombre de recharges permis pour une heure. Rien ne vous a été débité.',
  },
  missing_key: notOffered,
  idempotency_conflict: notDone,
  idempotency_in_progress: {
    en: 'The recharge is already being processed. Please wait for its result.',
    fr: 'La recharge est déjà en cours de traitement. Veuillez attendre le résultat.',
  },
  reference_conflict: notDone,
  alert_exists: notDone,
  id_taken: notDone,
  too_few_units: notDone,
  missing_profile: notDone,
  already_final: notDone,
  invalid_csv: notDone,
  invalid_key: notDone,
  email_taken: notDone,
  last_admin: notDone,
  already_enrolled: notDone,
  invalid_link: notDone,
  not_configured: notOffered,
  already_identified: {
    en: 'The identification is already done. There is nothing more to do.',
    fr: "L'identification est déjà faite. Il n'y a plus rien à faire.",
  },
  too_many_webhooks: notDone,
  not_supported: {
    en: 'This information is not available for this line.',
    fr: "Cette information n'est pas disponible pour cette ligne.",
  },
  sim_unknown: {
    en: 'The operator does not know this SIM. Please check its number.',
    fr: "L'opérateur ne connaît pas cette carte SIM. Veuillez vérifier son numéro.",
  },
  supplier_silent: {
    en: 'The operator does not answer at the moment. Please try again later.',
    fr: "L'opérateur ne répond pas pour le moment. Réessayez plus tard.",
  },
  malformed_request: notDone,
  request_timeout: notNow,
  invalid_url_parameter: notDone,
  missing_body: notDone,
  invalid_body: notDone,
  body_too_large: notDone,
  missing_body_field: notDone,
  invalid_body_field: notDone,
  invalid_header: notDone,
  missing_query_parameter: notDone,
  invalid_query_parameter: notDone,
  missing_credentials: notDone,
  invalid_credentials: notDone,
  code_needed: notDone,
  expired_credentials: notNow,
  access_denied: notDone,
  not_found: notDone,
  event_gone: notDone,
  method_not_allowed: notDone,
  not_acceptable: notDone,
  unsupported_media_type: notDone,
  too_many_requests: notNow,
  too_many_streams: notNow,
  internal_error: {
    en: 'Something went wrong on our side. Please ask the seller before you order again.',
    fr: 'Une erreur est survenue de notre côté. Adressez-vous au vendeur avant de commander à nouveau.',
  },
  service_unavailable: notNow,
  over_capacity: notNow,
};

export const OUTCOMES = Object.keys(MESSAGES) as Outcome[];

/** The sentence for the end customer, in the language asked for. */
export function customerMessage(outcome: Outcome, language: Language): string {
  return MESSAGES[outcome][language];
}
