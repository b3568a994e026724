import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LIFE_MS, SIGN_ON_LIFE_MS } from './session-life.rules.ts';

/** Names on this machine: only towards them a browser sends nothing over a network, so that plain HTTP is safe. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/** Returns true where the cookie may travel by TLS only: everywhere but on the machine itself. */
const isSecure = (request: FastifyRequest, publicUrl: string | undefined): boolean =>
  publicUrl?.startsWith('https:') === true || !LOOPBACK.test(request.hostname);

/** Names a cookie. With `__Host-`, no other server of the same domain can set it (RFC 6265bis). */
const nameOf = (base: string, secure: boolean): string => (secure ? `__Host-${base}` : base);

/** The session, and a sign-in that was begun at a provider. */
const SESSION = 'opentopup';
const SIGN_ON = 'opentopup-sign-on';

function readCookie(base: string, request: FastifyRequest, publicUrl: string | undefined): string | null {
  const { cookie } = request.headers;
  return (cookie && parseCookie(cookie)[nameOf(base, isSecure(request, publicUrl))]) || null;
}

/** Sets a cookie that no script reads and no other site sends; null takes it away. */
function setCookie(
  base: string,
  [request, reply]: [FastifyRequest, FastifyReply],
  publicUrl: string | undefined,
  value: string | null,
  life_ms: number,
): void {
  const secure = isSecure(request, publicUrl);
  const cookie = stringifySetCookie({
    name: nameOf(base, secure),
    value: value ?? '',
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure,
    maxAge: value === null ? 0 : life_ms / 1_000,
  });
  const set = reply.getHeader('Set-Cookie') ?? [];
  void reply.removeHeader('Set-Cookie').header('Set-Cookie', [...[set].flat().map(String), cookie]);
}

/** Reads the secret of the session that a request comes with; null where it has none. */
export const sessionSecretOf = (request: FastifyRequest, publicUrl: string | undefined): string | null =>
  readCookie(SESSION, request, publicUrl);

/** Gives the browser the secret of its session; null takes it away. */
export const setSessionCookie = (
  request: FastifyRequest,
  reply: FastifyReply,
  publicUrl: string | undefined,
  secret: string | null,
): void => setCookie(SESSION, [request, reply], publicUrl, secret, LIFE_MS);

/** Reads what the browser keeps of a sign-in at a provider; null where it has begun none. */
export const signOnKeptOf = (request: FastifyRequest, publicUrl: string | undefined): string | null =>
  readCookie(SIGN_ON, request, publicUrl);

/**
 * Gives the browser what it keeps while it is at a provider; null takes it away. It comes back by a page of ours, which asks for
 * the rest itself: so this cookie, too, is sent by no other site.
 */
export const setSignOnCookie = (
  request: FastifyRequest,
  reply: FastifyReply,
  publicUrl: string | undefined,
  kept: string | null,
): void => setCookie(SIGN_ON, [request, reply], publicUrl, kept, SIGN_ON_LIFE_MS);
