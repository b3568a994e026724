import type { VendorAnswer } from '../dialect.ts';

/** The vendor's errors that are played: HTTP status and words, by code. */
const ERRORS = {
  1000400: [400, 'Bad Request'],
  1000401: [401, 'Unauthorized'],
  1000404: [404, 'Resource not found'],
  1000429: [429, 'Too many requests'],
  1003001: [404, 'Product is not available in your account'],
  1003002: [400, 'Requested product amount is out of range'],
  1003003: [400, 'Requested product unit is invalid'],
  1003201: [404, 'Promotion not found'],
  1005003: [400, 'Credit party mobile number is invalid'],
  1005006: [404, 'Operator not found'],
  1006001: [400, 'Insufficient balance'],
  1007001: [400, 'Transaction external ID has already been used'],
  1007002: [400, 'Transaction has already been confirmed'],
  1007004: [400, 'Transaction can no longer be confirmed'],
  1007005: [400, 'Transaction has already been cancelled'],
  1007007: [400, 'Transaction can no longer be cancelled'],
  1008004: [404, 'Transaction not found'],
  1009001: [500, 'Unexpected error, please contact our support team'],
  1009503: [503, 'Service unavailable, please retry later'],
} as const;
export type DtoneError = keyof typeof ERRORS;

/** Answers with an error of the vendor. */
export function dtoneError(code: DtoneError): VendorAnswer {
  const [status, message] = ERRORS[code];
  return { status, body: { errors: [{ code, message }] } };
}

const MOST_PER_PAGE = 100;
const PER_PAGE = 50;

/** Answers with the page of a list that is asked for. */
export function dtonePage(
  entries: readonly unknown[],
  asked: { page: string | number | null; per_page: string | number | null },
): VendorAnswer {
  const [page, per_page] = [Number(asked.page ?? 1), Number(asked.per_page ?? PER_PAGE)];
  const isFit = Number.isInteger(page) && page >= 1 && Number.isInteger(per_page) && per_page >= 1;
  if (!isFit || per_page > MOST_PER_PAGE) return dtoneError(1000400);
  const pages = Math.ceil(entries.length / per_page);
  const headers = {
    'x-total': String(entries.length),
    'x-total-pages': String(pages),
    'x-per-page': String(per_page),
    'x-page': String(page),
    ...(page < pages && { 'x-next-page': String(page + 1) }),
    ...(page > 1 && { 'x-prev-page': String(page - 1) }),
  };
  return { status: 200, body: entries.slice((page - 1) * per_page, page * per_page), headers };
}

/** What of a query says which page. */
export const pageOf = (query: URLSearchParams): { page: string | null; per_page: string | null } => ({
  page: query.get('page'),
  per_page: query.get('per_page'),
});
