import { AsyncLocalStorage } from 'node:async_hooks';
import { failureOf, type RecordCall, timeCall } from '../recorded-call.ts';

/** For which recharge the client is at work: it is shared by all, and knows nothing of recharges. */
const recording = new AsyncLocalStorage<RecordCall>();

/** Has every request recorded that is made within `work`. */
export const recordedBy = <T>(record: RecordCall | undefined, work: () => Promise<T>): Promise<T> =>
  record ? recording.run(record, work) : work();

const addressOf = (input: Parameters<typeof fetch>[0]): string =>
  input instanceof Request ? input.url : String(input);

/** `fetch`, which tells whom it may concern what was sent and what came back. */
export const recordedFetch: typeof fetch = async (input, init) => {
  const record = recording.getStore();
  if (!record) return fetch(input, init);
  const request = typeof init?.body === 'string' ? init.body : null;
  const note = timeCall(record, { method: init?.method ?? 'GET', url: addressOf(input), request });
  try {
    const response = await fetch(input, init);
    const { status } = response;
    response
      .clone()
      .text()
      .then(
        (text) => note({ status, response: text }),
        (error: unknown) => note({ status, failure: failureOf(error) }),
      );
    return response;
  } catch (error) {
    note({ failure: failureOf(error) });
    throw error;
  }
};
