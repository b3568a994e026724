import { AsyncLocalStorage } from 'node:async_hooks';
import { type ConnectionOptions, TravelB2BError, UnreadableAnswerError } from '@opentopup/client';
import { expect } from 'vitest';
import { type Answer, read } from './answer.ts';

/** One call through the client: what its request has besides, its token, and its answer as it came over the wire. */
interface Call {
  headers: Record<string, string>;
  token?: string;
  answer?: Answer;
}
const calls = new AsyncLocalStorage<Call>();

/** How tests reach a server: nothing is repeated, so that they see what the server says at first. */
export const connectionTo = (baseUrl: string): ConnectionOptions => ({
  baseUrl,
  retries: 0,
  timeout_ms: 120_000,
  onRequest: ({ operation }) => (operation === 'createToken' ? undefined : calls.getStore()?.headers),
  fetch: async (input, init) => {
    const response = await fetch(input, init);
    const call = calls.getStore();
    if (call && !new Request(input).url.endsWith('/oauth/v3/token')) {
      call.token = new Headers(init?.headers).get('authorization')?.replace('Bearer ', '') ?? '';
      call.answer ??= await read(response.clone());
    }
    return response;
  },
});

const isRefusal = (made: unknown): made is { reason: string; transactionId?: string } =>
  (made as { status?: unknown } | null)?.status === 'refused';

/** What the client makes of an answer has to be what the wire says. */
function expectToAgree({ status, headers, body }: Answer, made: unknown): void {
  if (made instanceof UnreadableAnswerError) {
    // By its path, an operation is read as JSON.
    expect(headers.get('content-type')).toMatch(/^text\/csv|spreadsheetml/);
  } else if (made instanceof TravelB2BError) {
    const requestId = headers.get('x-request-id') ?? undefined;
    expect(made).toMatchObject({ status, reason: body.reason, requestId });
  } else if (isRefusal(made)) {
    expect([made.reason, made.transactionId]).toEqual([body.reason, body.transaction_id]);
  } else {
    expect(status).toBeLessThan(300);
  }
}

/**
 * Does something with the client, and gives the answer as it came over the wire.
 * @throws what the client does, where there was no answer
 */
export async function answerTo(headers: Record<string, string>, act: () => Promise<unknown>): Promise<Answer> {
  const call: Call = { headers };
  const made = await calls.run(call, () => act().catch((error: unknown) => error));
  if (!call.answer) throw made;
  expectToAgree(call.answer, made);
  return call.answer;
}

/** The token with which a client calls. */
export async function tokenOf(act: () => Promise<unknown>): Promise<string> {
  const call: Call = { headers: {} };
  await calls.run(call, act);
  return call.token ?? '';
}
