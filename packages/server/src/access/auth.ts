import { createHash, timingSafeEqual } from 'node:crypto';
import { BASES, type CallerRole, CSRF_HEADER, UNATTENDED, type World } from '@opentopup/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AppOptions } from '../app-options.ts';
import { fail, orFail } from '../http/refusal-error.ts';
import { findClient } from './credentials/credentials.query.ts';
import { sessionSecretOf } from './sessions/session-cookie.ts';
import type { SessionRow } from './sessions/sessions.query.ts';
import { recogniseSession } from './sessions/sessions.ts';

/** Who calls. */
export interface Caller {
  /** As it is named in notes of who changed what: `client …`, `agent …`, `account …` or `operator`. */
  actor: string;
  role: CallerRole;
  /** Whom it acts for; null: the operator. */
  distributor: { id: string; world: World } | null;
  requests_per_minute: number;
  /** Null where no client of a distributor called. */
  client_id: string | null;
  /** Null where it called with a token. */
  session: SessionRow | null;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Null where a route need not know. */
    caller: Caller | null;
  }
}

/** Finds out who calls and lets it in, or ends the request. */
export type Admit = (request: FastifyRequest) => Promise<void>;

/** How many requests a session, and the operator's programs together, may make in a minute. */
const REQUESTS_OF_SESSION = 1_200;
const REQUESTS_OF_OPERATOR = 12_000;

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares secrets without telling by the time it takes how much of them agrees. */
export function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(sha256(a), sha256(b));
}

/**
 * Reads the credentials of a Bearer header (RFC 6750); null where there is no such header, so that a session may count.
 */
function bearer({ headers: { authorization } }: FastifyRequest): string | null {
  if (!authorization) return null;
  return /^Bearer +(\S+) *$/i.exec(authorization)?.[1] ?? fail('invalid_credentials');
}

/**
 * Refuses requests that another site may have made a browser send with our cookie: it can only make those that HTML can,
 * which bring no header of their own, and a browser says where they come from.
 */
function checkOrigin({ method, headers }: FastifyRequest): void {
  if (method === 'GET' || method === 'HEAD') return;
  const site = headers['sec-fetch-site'] ?? 'same-origin';
  if (headers[CSRF_HEADER.toLowerCase()] === undefined || site !== 'same-origin') {
    fail('access_denied', { detail: `with a session, a page of this server and the header ${CSRF_HEADER} are needed` });
  }
}

/**
 * Returns true where a page says that somebody is there. A request without the header does not come from a page, but
 * from a stream or the browser itself.
 */
function isUsed({ headers }: FastifyRequest): boolean {
  const told = headers[CSRF_HEADER.toLowerCase()];
  return told !== undefined && told !== UNATTENDED;
}

/** Finds out who calls with the cookie of a session. */
async function bySession({ ctx, publicUrl }: AppOptions, request: FastifyRequest): Promise<Caller> {
  const secret = sessionSecretOf(request, publicUrl) ?? fail('missing_credentials');
  checkOrigin(request);
  const session = orFail(await recogniseSession(ctx, secret, isUsed(request)));
  const { account_id, role, distributor_id, world } = session;
  return {
    actor: `account ${account_id}`,
    role,
    distributor: distributor_id !== null && world !== null ? { id: distributor_id, world } : null,
    client_id: null,
    requests_per_minute: REQUESTS_OF_SESSION,
    session,
  };
}

/**
 * Returns true for what only administrators of a distributor may do: mostly giving others access, or taking it away.
 */
const isForAdmins = ({ routeOptions: { config } }: FastifyRequest): boolean =>
  config.roles?.includes('seller') === false;

/** Lets a caller in whose role may do what the route serves. */
function admit(request: FastifyRequest, caller: Caller): void {
  if (!request.routeOptions.config.roles?.includes(caller.role)) {
    fail('access_denied', { detail: `not with the role ${caller.role}` });
  }
  request.caller = caller;
}

/**
 * Lets in who may call the routes of `app`, as often as it may. Strangers are counted by where they call from: with a
 * session, before the database is asked for it; with a token, once that one turns out to be none.
 */
export function guard(app: FastifyInstance, letIn: Admit): void {
  const { ofNetwork, ofCaller } = app.limits;
  app.addHook('onRequest', async (request, reply) => {
    const hasToken = request.headers.authorization !== undefined;
    if (!hasToken) ofNetwork(request, reply);
    try {
      await letIn(request);
    } catch (error) {
      if (hasToken) ofNetwork(request, reply);
      throw error;
    }
    ofCaller(request, reply);
  });
}

/**
 * Lets only distributors in, and says which one it is.
 * @param world the one that the routes belong to; null where they serve both
 */
export function requireDistributor(options: AppOptions, world: World | null): Admit {
  const byToken = async (token: string, request: FastifyRequest): Promise<Caller> => {
    const client = await options.tokens.verify(token);
    if (client === 'expired') fail('expired_credentials');
    if (client === 'invalid' || options.isClosed(client.client_id)) fail('invalid_credentials');
    // Memory learns a moment later that a client was revoked; meanwhile it must not give away what outlives it.
    const known = isForAdmins(request) ? await findClient(options.db, client.client_id) : client;
    if (!known) fail('invalid_credentials');
    return {
      actor: `${client.is_agent ? 'agent' : 'client'} ${client.client_id}`,
      role: client.is_agent ? 'agent' : 'distributor_admin',
      distributor: { id: client.distributor_id, world: client.world },
      client_id: client.client_id,
      requests_per_minute: known.requests_per_minute,
      session: null,
    };
  };
  return async (request) => {
    const token = bearer(request);
    const caller = token === null ? await bySession(options, request) : await byToken(token, request);
    admit(request, inWorld(caller, world));
  };
}

/** Returns the caller in the world of the route: from a session, the sandbox of its distributor answers too. */
function inWorld(caller: Caller, world: World | null): Caller {
  const { distributor, session } = caller;
  if (!distributor || world === null || distributor.world === world) return caller;
  if (world === 'sandbox' && session?.sandbox_id) return { ...caller, distributor: { id: session.sandbox_id, world } };
  const detail = `this ${session ? 'account' : 'token'} is for ${distributor.world}`;
  const base = BASES.find((each) => each.world === distributor.world);
  return fail('access_denied', { detail: session ? detail : `${detail}: use it below ${base?.prefix}` });
}

/** Lets only the operator in. */
export function requireOperator(options: AppOptions): Admit {
  return async (request) => {
    const token = bearer(request);
    if (token !== null && !sameSecret(token, options.adminToken)) fail('invalid_credentials');
    admit(request, token === null ? await bySession(options, request) : OPERATOR);
  };
}

/** Whom the admin token speaks for. */
const OPERATOR: Caller = {
  actor: 'operator',
  role: 'operator_admin',
  distributor: null,
  client_id: null,
  requests_per_minute: REQUESTS_OF_OPERATOR,
  session: null,
};

/** Lets in whoever is signed in. */
export function requireSession(options: AppOptions): Admit {
  return async (request) => {
    if (bearer(request) !== null) fail('invalid_credentials');
    admit(request, await bySession(options, request));
  };
}

/** Returns who calls; only where a hook above has let it in. */
function callerOf({ caller }: FastifyRequest): Caller {
  if (!caller) throw new Error('an operation was served without asking who calls');
  return caller;
}

function ofDistributor(request: FastifyRequest): { id: string; world: World } {
  const { distributor } = callerOf(request);
  if (!distributor) throw new Error('a distributor’s operation was served to nobody’s');
  return distributor;
}

/** Returns the distributor that calls, or its world. */
export const distributorOf = (request: FastifyRequest): string => ofDistributor(request).id;
export const worldOf = (request: FastifyRequest): World => ofDistributor(request).world;

/** Returns the sandbox that calls, or that of the account that does; whoever else is refused. */
export function sandboxOf(request: FastifyRequest): string {
  const { id, world } = ofDistributor(request);
  return world === 'sandbox' ? id : (callerOf(request).session?.sandbox_id ?? fail('sandbox_only'));
}

/** Returns who calls, for the audit trail. */
export const actorOf = (request: FastifyRequest): string => callerOf(request).actor;

/** Returns the id of the client that calls. */
export function clientOf(request: FastifyRequest): string {
  const { client_id } = callerOf(request);
  if (client_id === null) throw new Error('an operation of clients was served to somebody else');
  return client_id;
}

/** Returns how many requests the caller may make in a minute. */
export const rateOf = (request: FastifyRequest): number => callerOf(request).requests_per_minute;

/** Tells whether the caller has a role. */
export const hasRole = (request: FastifyRequest, role: CallerRole): boolean => callerOf(request).role === role;

/** Returns true for somebody who is signed in, false for a token. */
export const hasSession = (request: FastifyRequest): boolean => callerOf(request).session !== null;

/** Returns the account that sells; null where a program does, which says itself for whom. */
export const sellerOf = (request: FastifyRequest): string | null => callerOf(request).session?.account_id ?? null;

/** Returns the session that calls. */
export function sessionOf(request: FastifyRequest): SessionRow {
  const { session } = callerOf(request);
  if (!session) throw new Error('an operation of accounts was served without a session');
  return session;
}

/** Lets in who has the token of the metrics, or the operator's. */
export function requireMetricsToken({ adminToken, metricsToken }: AppOptions): Admit {
  return async (request) => {
    const token = bearer(request) ?? fail('missing_credentials');
    const isKnown = [adminToken, metricsToken].some((known) => known !== null && sameSecret(token, known));
    if (!isKnown) fail('invalid_credentials');
  };
}
