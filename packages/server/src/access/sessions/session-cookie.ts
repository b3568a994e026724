import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LIFE_MS } from './session-life.rules.ts';

/** Names on this machine: only towards them a browser sends nothing over a network, so that plain HTTP is safe. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/** Returns true where the cookie may travel by TLS only: everywhere but on the machine itself. */
const isSecure = (request: FastifyRequest, publicUrl: string | undefined): boolean =>
  publicUrl?.startsWith('https:') === true || !LOOPBACK.test(request.hostname);

/** Names the cookie. With `__Host-`, no other server of the same domain can set it (RFC 6265bis). */
const nameOf = (secure: boolean): string => (secure ? '__Host-opentopup' : 'opentopup');

/** Reads the secret of the session that a request comes with; null where it has none. */
export function sessionSecretOf(request: FastifyRequest, publicUrl: string | undefined): string | null {
  const { cookie } = request.headers;
  return (cookie && parseCookie(cookie)[nameOf(isSecure(request, publicUrl))]) || null;
}

/** Gives the browser the secret of its session; null takes it away. */
export function setSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  publicUrl: string | undefined,
  secret: string | null,
): void {
  const secure = isSecure(request, publicUrl);
  const cookie = stringifySetCookie({
    name: nameOf(secure),
    value: secret ?? '',
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure,
    maxAge: secret === null ? 0 : LIFE_MS / 1_000,
  });
  void reply.header('Set-Cookie', cookie);
}
