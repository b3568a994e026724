import type { LineFault, Reason } from '@opentopup/contract';
import { AnswerError, AuthenticationError, type ErrorAnswer, UnreadableAnswerError } from './errors.ts';
import { readRetryAfter } from './pause.ts';
import { isReason, reasonOf } from './reason-of.ts';

/** A whole answer that says yes. */
export interface SuccessAnswer {
  status: number;
  headers: Headers;
  /** Parsed JSON. */
  body: unknown;
}

/** An error body of the API: the three fields of Travel B2B 1.7, and what OpenTopup adds. */
interface ApiError {
  code: number;
  description: string;
  reason?: Reason;
  transactionId?: string;
  lineFault?: LineFault;
}

/** Statuses that are given instead of doing anything, whoever gives them: a proxy, or the API without a body. */
const REFUSED_BEFORE = new Set([401, 429]);
/** Reasons of 5xx answers with which OpenTopup says that nothing was done. */
const NOTHING_DONE = new Set<Reason>(['over_capacity', 'not_configured']);

function apiError(body: unknown): ApiError | null {
  if (typeof body !== 'object' || body === null) return null;
  const { code = 0, message, description, reason, transaction_id, line_fault } = body as Record<string, unknown>;
  if (typeof code !== 'number' || typeof message !== 'string' || typeof description !== 'string') return null;
  return {
    code,
    description,
    ...(isReason(reason) && { reason }),
    ...(typeof transaction_id === 'string' && { transactionId: transaction_id }),
    ...(line_fault !== undefined && { lineFault: line_fault as LineFault }),
  };
}

/**
 * Tells whether an error answer proves that nothing was done. The API's own 4xx do, but for 408 and 409, which come
 * while something may be under way. A bare one may come from a proxy that had already passed the request on.
 */
function provesNothingDone(status: number, error: ApiError | null): boolean {
  if (REFUSED_BEFORE.has(status)) return true;
  if (!error) return false;
  if (error.reason !== undefined && NOTHING_DONE.has(error.reason)) return true;
  return status >= 400 && status < 500 && status !== 408 && status !== 409;
}

function errorOf(route: string, { status, headers, body }: SuccessAnswer): AnswerError {
  const api = apiError(body);
  const reason = api && (api.reason ?? reasonOf(status, api.code, api.description));
  const requestId = headers.get('x-request-id');
  const wait_ms = readRetryAfter(headers.get('retry-after'), Date.now());
  const answer: ErrorAnswer = {
    status,
    ...(api && { code: api.code, description: api.description }),
    ...(reason && { reason }),
    ...(requestId !== null && { requestId }),
    ...(api?.transactionId !== undefined && { transactionId: api.transactionId }),
    ...(api?.lineFault && { lineFault: api.lineFault }),
    ...(wait_ms !== undefined && { retryAfter_ms: wait_ms }),
  };
  const message = `${route} was answered ${status}${api ? `: ${api.description}` : ''}`;
  const nothingDone = provesNothingDone(status, api);
  const isTooMany = status === 429 || api?.code === 53;
  const Kind = status === 401 || (status === 403 && !isTooMany) ? AuthenticationError : AnswerError;
  const error = new Kind(message, nothingDone, answer);
  const passes = status >= 500 && reason !== 'not_configured';
  error.transient = isTooMany || status === 408 || passes || reason === 'idempotency_in_progress';
  return error;
}

/** Recognises an OpenTopup by what only it says, in each error and of each transaction. It keeps Idempotency-Keys. */
export const isOpenTopups = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && ('retryable' in body || 'customer_message' in body);

/**
 * Reads a whole answer.
 * @param route for messages: method and path
 * @param look sees the body, whatever the answer says
 * @throws AnswerError for anything but success, UnreadableAnswerError for a success that is not JSON
 */
export async function readAnswer(
  response: Response,
  route: string,
  look?: (body: unknown) => void,
): Promise<SuccessAnswer> {
  const text = await response.text();
  const { status, headers } = response;
  const body = parsed(text);
  const answer: SuccessAnswer = { status, headers, body };
  look?.(body);
  if (!response.ok) throw errorOf(route, answer);
  if (body === undefined) throw new UnreadableAnswerError(`${route} was answered ${status}, but not with JSON`, false);
  return answer;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
