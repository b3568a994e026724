import type { SupplierReason } from '@opentopup/contract';

/** What a state of an order proves. */
export const TOPUP_STATES: ReadonlyMap<string, 'ok' | 'ko' | 'unknown'> = new Map<string, 'ok' | 'ko' | 'unknown'>([
  ['SUCCESSFUL', 'ok'],
  ['PROCESSING', 'unknown'],
  ['REFUNDED', 'ko'],
  ['FAILED', 'ko'],
]);

/**
 * What its codes mean. Where one stands in a refusal of the order itself (4xx), nothing was taken; null for those of which
 * that is not certain. What is not listed is not certain either. Beside a state that proves a failure each only tells why.
 */
export const TOPUP_CODES: ReadonlyMap<string, SupplierReason | null> = new Map<string, SupplierReason | null>([
  ['INVALID_RECIPIENT_PHONE', 'line_unknown'],
  ['INVALID_PHONE_NUMBER', 'line_unknown'],
  ['OPERATOR_AND_RECIPIENT_PHONE_MISMATCH', 'line_unknown'],
  ['COULD_NOT_AUTO_DETECT_OPERATOR', 'line_unknown'],
  ['RECIPIENT_PHONE_INACTIVE', 'line_barred'],
  ['PHONE_BANNED_BY_OPERATOR', 'line_barred'],
  ['PHONE_RECENTLY_RECHARGED', 'recently_recharged'],
  ['RECIPIENT_HAS_PENDING_TRANSACTION', 'recently_recharged'],
  ['MAX_DAILY_TRANSACTION_AMOUNT_REACHED', 'limit_exceeded'],
  ['MAX_DAILY_TRANSACTION_COUNT_REACHED', 'limit_exceeded'],
  ['RECIPIENT_REACHED_MAX_TOPUP_NUMBER', 'limit_exceeded'],
  ['INSUFFICIENT_BALANCE', 'supplier_out_of_stock'],
  ['OPERATOR_UNAVAILABLE_OR_CURRENTLY_INACTIVE', 'supplier_unavailable'],
  ['OPERATOR_NOT_IN_SERVICE', 'supplier_unavailable'],
  ['OPERATOR_NOT_FOUND', 'supplier_unavailable'],
  ['SERVICE_TO_OPERATOR_TEMPORARILY_UNAVAILABLE', 'supplier_unavailable'],
  ['TOKEN_EXPIRED', 'supplier_unavailable'],
  ['INVALID_TOKEN', 'supplier_unavailable'],
  ['MISSING_TOKEN', 'supplier_unavailable'],
  ['INVALID_CREDENTIALS', 'supplier_unavailable'],
  ['TRANSACTION_REFUSED_BY_OPERATOR', 'supplier_refused'],
  ['TRANSACTION_REJECTED_BY_OPERATOR', 'supplier_refused'],
  ['INVALID_AMOUNT', 'supplier_refused'],
  ['INVALID_AMOUNT_FOR_OPERATOR', 'supplier_refused'],
  ['INVALID_LOCAL_AMOUNT_FOR_OPERATOR', 'supplier_refused'],
  ['INVALID_AMOUNT_FOR_RECIPIENT_PHONE', 'supplier_refused'],
  ['LOCAL_AMOUNTS_NOT_SUPPORTED_BY_OPERATOR', 'supplier_refused'],
  ['INVALID_INPUT_PROVIDED', 'supplier_refused'],
  ['COUNTRY_NOT_SUPPORTED', 'supplier_refused'],
  ['INACTIVE_ACCOUNT', 'supplier_refused'],
  ['ACCOUNT_NOT_FOUND', 'supplier_refused'],
  // Each order is sent once: where its reference was used before, somebody between us has sent it again.
  ['CUSTOM_IDENTIFIER_ALREADY_USED', null],
  // Said before an order is taken, and after it was tried.
  ['TRANSACTION_CANNOT_BE_PROCESSED_AT_THE_MOMENT', null],
  ['TOPUP_TRANSACTION_FAILED', null],
  ['PROVIDER_INTERNAL_ERROR', null],
  ['TRANSACTION_FAILED_ON_OPERATOR', null],
  ['REQUEST_FAILED_ON_PROVIDER', null],
  ['REQUEST_PROCESSING_FAILED', null],
  ['CONNECTION_TO_OPERATOR_FAILED', null],
  ['CONNECTION_TO_OPERATOR_TEMPORARILY_DOWN', null],
  ['UNMAPPED_PROVIDER_ERROR_CODE', null],
]);
