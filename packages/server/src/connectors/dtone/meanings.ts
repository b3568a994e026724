import type { SupplierReason } from '@opentopup/contract';

/** What a word of DT One's proves: a delivery, a refusal for this reason, or nothing. */
type Meaning = 'ok' | SupplierReason | 'unknown';

/**
 * What each status of a transaction means, and each error by its code. What is missing here proves nothing; only a status
 * that is new means what its class does, of which the vendor says that programs may build on it.
 */
export const MEANINGS: Readonly<Record<string, Meaning>> = {
  // Under way.
  CREATED: 'unknown',
  CONFIRMED: 'unknown',
  SUBMITTED: 'unknown',
  // Ended.
  COMPLETED: 'ok',
  // Given back after it was completed: there is no delivery any more.
  REVERSED: 'supplier_refused',
  CANCELLED: 'supplier_refused',
  // Refused by DT One.
  REJECTED: 'supplier_refused',
  'REJECTED-INVALID-CREDIT-PARTY': 'line_unknown',
  'REJECTED-BARRED-CREDIT-PARTY': 'line_barred',
  'REJECTED-INELIGIBLE-CREDIT-PARTY': 'supplier_refused',
  'REJECTED-INVALID-DEBIT-PARTY': 'supplier_refused',
  'REJECTED-BARRED-DEBIT-PARTY': 'supplier_refused',
  'REJECTED-LIMITATIONS-ON-CREDIT-PARTY-AMOUNT': 'limit_exceeded',
  'REJECTED-LIMITATIONS-ON-CREDIT-PARTY-QUANTITY': 'limit_exceeded',
  'REJECTED-OPERATOR-CURRENTLY-UNAVAILABLE': 'supplier_unavailable',
  'REJECTED-INSUFFICIENT-BALANCE': 'supplier_out_of_stock',
  // Refused by the operator.
  DECLINED: 'supplier_refused',
  'DECLINED-INVALID-CREDIT-PARTY': 'line_unknown',
  'DECLINED-BARRED-CREDIT-PARTY': 'line_barred',
  'DECLINED-INELIGIBLE-CREDIT-PARTY': 'supplier_refused',
  'DECLINED-INVALID-DEBIT-PARTY': 'supplier_refused',
  'DECLINED-BARRED-DEBIT-PARTY': 'supplier_refused',
  'DECLINED-LIMITATIONS-ON-OPERATOR-AMOUNT': 'limit_exceeded',
  'DECLINED-LIMITATIONS-ON-CREDIT-PARTY-AMOUNT': 'limit_exceeded',
  'DECLINED-LIMITATIONS-ON-CUSTOMER-AMOUNT': 'limit_exceeded',
  'DECLINED-LIMITATIONS-ON-OPERATOR-QUANTITY': 'limit_exceeded',
  'DECLINED-LIMITATIONS-ON-CREDIT-PARTY-QUANTITY': 'limit_exceeded',
  'DECLINED-LIMITATIONS-ON-CUSTOMER-QUANTITY': 'limit_exceeded',
  // Of this transaction alone: another one of the same line was delivered a moment ago.
  'DECLINED-DUPLICATED-TRANSACTION': 'recently_recharged',
  'DECLINED-OPERATOR-CURRENTLY-UNAVAILABLE': 'supplier_unavailable',
  // Among the numbers of the sandbox, and in no table.
  'DECLINED-EXCEPTION': 'supplier_unavailable',
  // Errors: nothing was made.
  1000400: 'supplier_refused',
  1000401: 'supplier_unavailable',
  1000404: 'supplier_unavailable',
  1000429: 'supplier_unavailable',
  1003001: 'supplier_refused',
  1003002: 'supplier_refused',
  1003003: 'supplier_refused',
  1005003: 'line_unknown',
  1005503: 'supplier_refused',
  1006001: 'supplier_out_of_stock',
  1006003: 'supplier_refused',
  1006009: 'supplier_unavailable',
  1006503: 'supplier_refused',
  1007500: 'supplier_refused',
  // Errors that leave it open. The first says that there is a transaction of this reference: our own.
  1007001: 'unknown',
  1009001: 'unknown',
  1009503: 'unknown',
};

/** Errors that tell that its catalogue is not what it was. */
export const STALE_CODES: ReadonlySet<number> = new Set([1003001, 1003002, 1003003]);
/** There is no such transaction. */
export const NO_TRANSACTION = 1008004;
