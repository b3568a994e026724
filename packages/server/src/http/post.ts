import type { IncomingMessage } from 'node:http';
import { asOneLine } from '@opentopup/contract';
import type { AddressRules } from './allowed-addresses.ts';
import { AddressRefused, createCheckedCall, type Resolve } from './checked-call.ts';

/** What posting to an endpoint came to. */
export interface PostResult {
  /** HTTP status; null where there was no answer. */
  status: number | null;
  /** The first 500 characters of it. */
  text: string | null;
  /** Why there was none, or none that counts. */
  error: string | null;
  /** Its header `Retry-After`. */
  retry_after?: string | undefined;
}

/** Posts a body to an address that a distributor has named. */
export type Post = (
  url: string,
  headers: Record<string, string>,
  body: string,
  signal: AbortSignal,
) => Promise<PostResult>;

/** How long an endpoint may take for its whole answer, and how much of it is read and kept. */
const TIMEOUT_MS = 15_000;
const MOST_BYTES = 64 * 1024;
const KEPT_CHARACTERS = 500;

/** Gives the first characters of an answer, fit to be kept. */
const firstOf = (body: Buffer): string => asOneLine(body.toString('utf8').slice(0, KEPT_CHARACTERS));

/** Tells what kept an answer from coming, in words that tell nothing of the network behind the server. */
function errorOf(error: unknown): string {
  if (error instanceof AddressRefused) return error.message;
  const { code, name, message } = error as { code?: unknown } & Partial<Error>;
  if (name === 'TimeoutError') return `no answer within ${TIMEOUT_MS / 1_000} seconds`;
  return typeof code === 'string' ? code : (message ?? 'no answer').slice(0, KEPT_CHARACTERS);
}

/** Creates what posts to endpoints. */
export function createPost(rules: AddressRules, resolve?: Resolve): Post {
  const call = createCheckedCall(rules, resolve);
  return async (text, headers, body, stopping): Promise<PostResult> => {
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(TIMEOUT_MS)]);
    try {
      if (!URL.canParse(text)) throw new AddressRefused('it is no URL');
      const about = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'OpenTopup',
      };
      const response = await call(new URL(text), { method: 'POST', headers: { ...about, ...headers }, signal }, body);
      const status = response.statusCode ?? 0;
      return {
        status,
        text: firstOf(await readSome(response)),
        error: status >= 200 && status < 300 ? null : `answered ${status}`,
        retry_after: response.headers['retry-after'],
      };
    } catch (error) {
      return { status: null, text: null, error: errorOf(signal.aborted ? signal.reason : error) };
    }
  };
}

/** As much of an answer as comes in time and is not too long: what it means, its status has said. */
async function readSome(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes > MOST_BYTES) break;
    }
  } catch {
    // What came so far will do.
  }
  return Buffer.concat(chunks);
}
