import type { SupplierReason } from '@opentopup/contract';

/** What the state of a transfer proves. */
export const TRANSFER_STATES: ReadonlyMap<string, 'ok' | 'ko' | 'unknown'> = new Map<string, 'ok' | 'ko' | 'unknown'>([
  ['Submitted', 'unknown'],
  ['Processing', 'unknown'],
  ['Complete', 'ok'],
  ['Failed', 'ko'],
  ['Cancelled', 'ko'],
  ['Cancelling', 'unknown'],
]);

/** What its answers are as a whole. HTTP says nothing: it refuses with 500 what has no balance. */
export const DING_RESULTS = { done: 1, nearestMatch: 2, transient: 3, invalid: 4, refused: 5 } as const;

/**
 * What its codes mean. In an answer that refuses a transfer nothing was taken; null for those of which that is not
 * certain. What is not listed is not certain either. Beside a state that proves a failure each only tells why.
 */
export const DING_CODES: ReadonlyMap<string, SupplierReason | null> = new Map<string, SupplierReason | null>([
  ['AccountNumberInvalid', 'line_unknown'],
  ['RechargeNotAllowed', 'supplier_refused'],
  ['InsufficientBalance', 'supplier_out_of_stock'],
  ['ProductUnavailable', 'supplier_unavailable'],
  ['ProviderTemporarilyUnavailable', 'supplier_unavailable'],
  ['AuthenticationFailed', 'supplier_unavailable'],
  ['ParameterInvalid', 'supplier_refused'],
  ['ParameterMissing', 'supplier_refused'],
  ['ParameterOutOfRange', 'supplier_refused'],
  ['ParameterCombinationInvalid', 'supplier_refused'],
  ['TooManyParameters', 'supplier_refused'],
  ['RequestInvalid', 'supplier_refused'],
  // Whether it has done nothing it tells by what stands beside it, or not at all.
  ['ProviderError', null],
  ['ProviderRefusedRequest', null],
  ['TransientProviderError', null],
  ['ProviderTimedOut', null],
  // Both for too many requests and for a number that looks like fraud.
  ['RateLimited', null],
  // Each transfer is sent once: where its reference was used before, somebody between us has sent it again.
  ['DuplicateTransactionPrevented', null],
  ['OtherError', null],
]);
