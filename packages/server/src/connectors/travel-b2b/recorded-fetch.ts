import { AsyncLocalStorage } from 'node:async_hooks';
import { readAtMost } from '../../values/read-at-most.ts';
import { LARGEST_ANSWER } from '../http-transport.ts';
import { errorText, type RecordCall, timeCall } from '../recorded-call.ts';

/** For which recharge the client is at work: it is shared by all, and knows nothing of recharges. */
const recording = new AsyncLocalStorage<RecordCall>();

/** Has every request recorded that is made within `work`. */
export const recordedBy = <T>(record: RecordCall | undefined, work: () => Promise<T>): Promise<T> =>
  record ? recording.run(record, work) : work();

const addressOf = (input: Parameters<typeof fetch>[0]): string =>
  input instanceof Request ? input.url : String(input);

/** Statuses whose answers have no body. */
const EMPTY = new Set([204, 205, 304]);

/** `fetch`, which reads no more of an answer than it may have, and tells whom it may concern what was said. */
export const recordedFetch: typeof fetch = async (input, init) => {
  const request = typeof init?.body === 'string' ? init.body : null;
  const note = timeCall(recording.getStore(), { method: init?.method ?? 'GET', url: addressOf(input), request });
  let status: number | null = null;
  try {
    const response = await fetch(input, init);
    ({ status } = response);
    const body = await readAtMost(response.body, LARGEST_ANSWER);
    note({ status, response: body.toString('utf8') });
    return new Response(EMPTY.has(status) ? null : body, { status, headers: response.headers });
  } catch (error) {
    note({ status, failure: errorText(error) });
    throw error;
  }
};
