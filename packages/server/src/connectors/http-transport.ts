import { neverSent } from '@opentopup/client';
import { readAtMost, TooLong } from '../values/read-at-most.ts';
import { errorText, type RecordCall, timeCall } from './recorded-call.ts';

/** What a request came to. Only `never_sent` proves that the supplier has done nothing. */
export type Sent =
  | { sent: 'answered'; status: number; body: unknown; headers: Headers }
  /** Refused connections, unknown names, certificates that do not count. */
  | { sent: 'never'; why: string }
  /** Time-outs, broken connections, answers of a gateway that may have passed it on, and what cannot be read: `is_odd`. */
  | { sent: 'no_answer'; why: string; is_odd?: true };

/** A gateway's words for "I do not know what became of it". */
const NO_ANSWERS = new Set([502, 503, 504]);
export const LARGEST_ANSWER = 1024 * 1024;

interface JsonRequest {
  method: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: object;
  signal: AbortSignal;
  /** That of the recharge for which it is sent. */
  record?: RecordCall | undefined;
}

/**
 * Sends a request to a supplier whose answers are JSON, and tells what is certain. Redirects are not followed: an order
 * that is sent on would be a second one, or none.
 */
export async function sendJson(
  url: string,
  { method, headers = {}, body, signal, record }: JsonRequest,
): Promise<Sent> {
  if (signal.aborted) return { sent: 'never', why: 'it was given up before' };
  const request = body ? JSON.stringify(body) : null;
  const note = timeCall(record, { method, url, request });
  let response: Response;
  try {
    response = await fetch(url, {
      method,
      redirect: 'manual',
      signal,
      headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }), ...headers },
      ...(request !== null && { body: request }),
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it failed';
    const never = neverSent(error);
    note({ failure: never ? `never sent: ${errorText(error)}` : errorText(error) });
    return never ? { sent: 'never', why } : { sent: 'no_answer', why };
  }
  const { status, headers: answered } = response;
  let text: string;
  try {
    text = (await readAtMost(response.body, LARGEST_ANSWER)).toString('utf8');
  } catch (error) {
    const isTooLong = error instanceof TooLong;
    const why = isTooLong ? error.message : `its answer of ${status} could not be read`;
    note({ status, failure: why });
    return { sent: 'no_answer', why, ...(isTooLong && { is_odd: true }) };
  }
  note({ status, response: text });
  try {
    if (NO_ANSWERS.has(status)) return { sent: 'no_answer', why: `it was answered ${status}` };
    return { sent: 'answered', status, body: JSON.parse(text) as unknown, headers: answered };
  } catch {
    return { sent: 'no_answer', why: `its answer of ${status} could not be read`, is_odd: true };
  }
}
