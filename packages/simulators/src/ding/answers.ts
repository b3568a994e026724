import type { VendorAnswer } from '../dialect.ts';

export interface DingError {
  Code: string;
  Context: string;
}

/** What an answer is as a whole, and why. */
export interface DingResult {
  ResultCode: number;
  ErrorCodes: DingError[];
}

export const DING_DONE: DingResult = { ResultCode: 1, ErrorCodes: [] };

/** The vendor's refusals: what they are as a whole, their code, its context, and the HTTP status, which says nothing. */
const ERRORS = {
  NearestMatch: [2, 'NearestMatch', '', 200],
  RateLimited: [3, 'RateLimited', '', 200],
  ProviderTimedOut: [3, 'TransientProviderError', 'ProviderTimedOut', 200],
  ProviderRefusedRequest: [3, 'TransientProviderError', 'ProviderRefusedRequest', 200],
  ProductUnavailable: [5, 'ProviderError', 'ProductUnavailable', 200],
  AccountNumberInvalid: [4, 'AccountNumberInvalid', 'ProviderRefusedRequest', 200],
  ProviderTemporarilyUnavailable: [5, 'ProviderError', 'ProviderTemporarilyUnavailable', 200],
  InsufficientBalance: [5, 'InsufficientBalance', '', 500],
  AccountNumberFailedRegex: [4, 'AccountNumberInvalid', 'AccountNumberFailedRegex', 200],
  RechargeNotAllowed: [5, 'ProviderError', 'RechargeNotAllowed', 200],
  ProviderError: [5, 'ProviderError', '', 200],
  OtherError: [5, 'OtherError', '', 500],
  DuplicateTransactionPrevented: [5, 'DuplicateTransactionPrevented', '', 200],
  AuthenticationFailed: [4, 'AuthenticationFailed', '', 401],
  RequestInvalid: [4, 'RequestInvalid', '', 400],
} as const;
export type DingRefusal = keyof typeof ERRORS;
export const isDingRefusal = (text: string): text is DingRefusal => Object.hasOwn(ERRORS, text);

export function dingResult(refusal: DingRefusal): DingResult {
  const [ResultCode, Code, Context] = ERRORS[refusal];
  return { ResultCode, ErrorCodes: [{ Code, Context }] };
}
export const dingStatus = (refusal: DingRefusal): number => ERRORS[refusal][3];

/** Answers with a refusal of the vendor. */
export const dingRefusal = (refusal: DingRefusal): VendorAnswer => ({
  status: dingStatus(refusal),
  body: dingResult(refusal),
});

/** Answers that a parameter is wrong. @param more what an answer of 200 has besides */
export const dingParameter = (Code: string, Context: string, more: object = {}): VendorAnswer => ({
  status: 200,
  body: { ...more, ResultCode: 4, ErrorCodes: [{ Code, Context }] },
});

export const dingDone = (more: object): VendorAnswer => ({ status: 200, body: { ...DING_DONE, ...more } });

/** What each code means, in the words of the simulator. */
export const DING_DESCRIPTIONS: readonly object[] = [...new Set(Object.values(ERRORS).map(([, code]) => code))].map(
  (Code) => ({ Code, Message: `The request was answered with ${Code}` }),
);
