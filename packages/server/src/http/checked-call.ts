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
import type { AddressRules } from './allowed-addresses.ts';

/** Sends a request to an address that a distributor has named; it gives the answer as its head has come. */
export type CheckedCall = (url: URL, options: RequestOptions, body: string) => Promise<IncomingMessage>;

/** A connection that is not used for so long is closed. */
const IDLE_MS = 60_000;
const DNS = { timeout: 2_000, tries: 2 };

/** The IP addresses of a host. */
export type Resolve = (host: string) => Promise<string[]>;

/** Says why an address is not called. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
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

/**
 * Creates what calls addresses that distributors have named. Each IP address is checked when a connection is made to it, so
 * that no answer of DNS can lead elsewhere afterwards. Redirects are not followed.
 */
export function createCheckedCall(rules: AddressRules, resolve: Resolve = createResolve(rules)): CheckedCall {
  const kept = { keepAlive: true, timeout: IDLE_MS };
  const agents = { http: new HttpAgent(kept), https: new HttpsAgent(kept) };

  const lookupFor =
    (url: URL): LookupFunction =>
    (host, { all }, done) => {
      resolve(host.replace(/\.$/, '')).then(
        (ips) => {
          const refused = ips.length === 0 || ips.some((ip) => !rules.mayConnect(url, ip));
          const why = ips.length === 0 ? 'the host has no address' : 'the host is not at a public address';
          if (refused) return done(new AddressRefused(why), '');
          const found = ips.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
          return all ? done(null, found) : done(null, found[0]?.address ?? '', found[0]?.family);
        },
        (error: Error) => done(error, ''),
      );
    };

  const call: CheckedCall = (url, options, body) =>
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

  return async (url, options, body) => {
    const fault = rules.faultOf(url.href);
    if (fault) throw new AddressRefused(fault);
    return call(url, options, body);
  };
}
