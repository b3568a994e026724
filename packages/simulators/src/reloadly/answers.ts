import type { VendorAnswer, VendorRequest } from '../dialect.ts';

/** How the vendor writes an instant, in UTC. */
export const writtenAt = (at: Date): string => at.toISOString().slice(0, 19).replace('T', ' ');

/** The vendor's refusals: HTTP status and words, by code. */
const ERRORS = {
  INVALID_CREDENTIALS: [401, 'Access Denied'],
  INVALID_TOKEN: [401, 'Full authentication is required to access this resource'],
  TOKEN_EXPIRED: [401, 'The token provided in the request is expired'],
  INVALID_INPUT_PROVIDED: [400, 'Invalid input provided'],
  CUSTOM_IDENTIFIER_ALREADY_USED: [400, 'The custom identifier has already been used'],
  INVALID_RECIPIENT_PHONE: [400, 'Recipient phone number is not valid'],
  INVALID_AMOUNT_FOR_OPERATOR: [400, 'The amount is not valid for this operator'],
  INVALID_LOCAL_AMOUNT_FOR_OPERATOR: [400, 'The local amount is not valid for this operator'],
  LOCAL_AMOUNTS_NOT_SUPPORTED_BY_OPERATOR: [400, 'The operator takes no local amounts'],
  INSUFFICIENT_BALANCE: [400, 'The account has not enough balance for this transaction'],
  PHONE_RECENTLY_RECHARGED: [400, 'The phone was recharged a short while ago, try again in 2 minutes'],
  PHONE_BANNED_BY_OPERATOR: [400, 'The operator does not recharge this phone'],
  RECIPIENT_PHONE_INACTIVE: [400, 'The recipient phone is not active'],
  RECIPIENT_HAS_PENDING_TRANSACTION: [400, 'The recipient has a transaction that is pending'],
  RECIPIENT_REACHED_MAX_TOPUP_NUMBER: [400, 'The recipient cannot be recharged any more today'],
  MAX_DAILY_TRANSACTION_AMOUNT_REACHED: [400, 'The account has reached the amount that it may send in a day'],
  MAX_DAILY_TRANSACTION_COUNT_REACHED: [400, 'The account has reached the transactions that it may make in a day'],
  TRANSACTION_REFUSED_BY_OPERATOR: [400, 'The operator has refused the transaction'],
  TRANSACTION_CANNOT_BE_PROCESSED_AT_THE_MOMENT: [400, 'The transaction cannot be processed at the moment'],
  SERVICE_TO_OPERATOR_TEMPORARILY_UNAVAILABLE: [400, 'The service to the operator is unavailable for a while'],
  INACTIVE_ACCOUNT: [400, 'The account is not active'],
  OPERATOR_UNAVAILABLE_OR_CURRENTLY_INACTIVE: [503, 'The operator is unavailable or inactive at the moment'],
  PROVIDER_INTERNAL_ERROR: [500, 'The provider has met with an error'],
  COULD_NOT_AUTO_DETECT_OPERATOR: [404, 'The operator of this phone could not be detected'],
  COUNTRY_NOT_SUPPORTED: [404, 'Country not found and/or not currently supported'],
  FX_RATE_NOT_AVAILABLE: [500, 'There is no rate for this operator at the moment'],
  TRANSACTION_NOT_FOUND: [404, 'Transaction not found'],
} as const;
export type ReloadlyError = keyof typeof ERRORS;

export const isReloadlyError = (text: string): text is ReloadlyError => Object.hasOwn(ERRORS, text);

type Asked = Pick<VendorRequest, 'path'>;

function refusal(status: number, message: string, path: string, errorCode: string | null): VendorAnswer {
  const body = { timeStamp: writtenAt(new Date()), message, path, errorCode, infoLink: null, details: [] };
  return { status, body };
}

/** Answers with a refusal of the vendor. */
export function reloadlyError(code: ReloadlyError, { path }: Asked): VendorAnswer {
  const [status, message] = ERRORS[code];
  return refusal(status, message, path, code);
}

/** Answers with one of those that have no code. */
export const reloadlyRefusal = (status: number, message: string, { path }: Asked): VendorAnswer =>
  refusal(status, message, path, null);

/** Answers to a path that there is not. */
export function reloadlyNotFound(path: string): VendorAnswer {
  const timeStamp = writtenAt(new Date());
  return { status: 404, body: { timeStamp, status: 404, error: 'Not Found', message: 'No message available', path } };
}

/** Answers with the page of a list that is asked for; the first is number 1, and so is number 0. */
export function reloadlyPage(entries: readonly unknown[], query: URLSearchParams, most: number): VendorAnswer {
  const size = Math.min(most, Math.max(1, Number(query.get('size')) || most));
  const pageNumber = Math.max(0, (Number(query.get('page')) || 1) - 1);
  const offset = pageNumber * size;
  const content = entries.slice(offset, offset + size);
  const totalPages = Math.ceil(entries.length / size);
  const sort = { sorted: false, unsorted: true, empty: true };
  return {
    status: 200,
    body: {
      content,
      pageable: { sort, pageNumber, pageSize: size, offset, paged: true, unpaged: false },
      totalPages,
      totalElements: entries.length,
      last: pageNumber + 1 >= totalPages,
      sort,
      first: pageNumber === 0,
      numberOfElements: content.length,
      size,
      number: pageNumber,
      empty: content.length === 0,
    },
  };
}
