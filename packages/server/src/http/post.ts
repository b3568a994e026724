import { lookup, Resolver } from 'node:dns/promises';
import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { asOneLine } from '@opentopup/contract';
import type { AddressRules } from './allowed-addresses.ts';

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
/** A connection that is not used for so long is closed. */
const IDLE_MS = 60_000;
const DNS = { timeout: 2_000, tries: 2 };

/** The IP addresses of a host. */
export type Resolve = (host: string) => Promise<string[]>;

/** Why an endpoint is not called. */
class Refused extends Error {
  override readonly name = 'Refused';
}

/**
 * Asks DNS itself: the system's own way has few threads, which hosts that do not resolve would hold up for all. It knows
 * names that only this machine does, so it is asked for hosts that the operator has named.
 */
function createResolve(rules: AddressRules): Resolve {
  const resolver = new Resolver(DNS);
  return async (host) => {
    if (rules.vouchesFor(host)) return (await lookup(host, { all: true })).map(({ address }) => address);
    const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  };
}

/** Gives the first characters of an answer, fit to be kept. */
const firstOf = (body: Buffer): string => asOneLine(body.toString('utf8').slice(0, KEPT_CHARACTERS));

/** Tells what kept an answer from coming, in words that tell nothing of the network behind the server. */
function errorOf(error: unknown): string {
  if (error instanceof Refused) return error.message;
  const { code, name, message } = error as { code?: unknown } & Partial<Error>;
  if (name === 'TimeoutError') return `no answer within ${TIMEOUT_MS / 1_000} seconds`;
  return typeof code === 'string' ? code : (message ?? 'no answer').slice(0, KEPT_CHARACTERS);
}

/**
 * Posts to endpoints. Each IP address is checked when a connection is made to it, so that no answer of DNS can lead
 * elsewhere afterwards. Redirects are not followed.
 */
export function createPost(rules: AddressRules, resolve: Resolve = createResolve(rules)): Post {
  const kept = { keepAlive: true, timeout: IDLE_MS };
  const agents = { http: new HttpAgent(kept), https: new HttpsAgent(kept) };

  const lookupFor =
    (url: URL): LookupFunction =>
    (host, { all }, done) => {
      resolve(host.replace(/\.$/, '')).then(
        (ips) => {
          const refused = ips.length === 0 || ips.some((ip) => !rules.mayConnect(url, ip));
          const why = ips.length === 0 ? 'the host has no address' : 'the host is not at a public address';
          if (refused) return done(new Refused(why), '');
          const found = ips.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
          return all ? done(null, found) : done(null, found[0]?.address ?? '', found[0]?.family);
        },
        (error: Error) => done(error, ''),
      );
    };

  const call = (url: URL, options: RequestOptions, body: string): Promise<IncomingMessage> =>
    new Promise((answered, failed) => {
      const isSecure = url.protocol === 'https:';
      const agent = isSecure ? agents.https : agents.http;
      const request: ClientRequest = (isSecure ? httpsRequest : httpRequest)(url, {
        ...options,
        agent,
        lookup: lookupFor(url),
      });
      request.once('response', answered).once('error', (error: NodeJS.ErrnoException) => {
        // A kept connection that was closed just then: the request has not been read.
        if (request.reusedSocket && error.code === 'ECONNRESET') call(url, options, body).then(answered, failed);
        else failed(error);
      });
      request.end(body);
    });

  return async (text, headers, body, stopping): Promise<PostResult> => {
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(TIMEOUT_MS)]);
    try {
      const fault = rules.faultOf(text);
      if (fault) throw new Refused(fault);
      const url = new URL(text);
      const about = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'OpenTopup',
      };
      const response = await call(url, { method: 'POST', headers: { ...about, ...headers }, signal }, body);
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
