import type { IncomingMessage } from 'node:http';
import { asOneLine, type Refusal, refuse } from '@opentopup/contract';
import type { Configuration, CustomFetch } from 'openid-client';
import type { Context } from '../../context.ts';
import { AddressRefused, type CheckedCall } from '../../http/checked-call.ts';
import type { Claims } from './claims.rules.ts';
import type { ProviderRow } from './providers.query.ts';
import { redirectUriOf, signedOutUriOf } from './providers.wire.ts';
import { sealedSecretOf } from './set-provider.ts';

/** How long a provider may take for all that one step of a sign-in asks it. */
const TIMEOUT_MS = 10_000;
const MOST_BYTES = 1_000_000;
const LONGEST_DETAIL = 200;
/** Longer addresses to sign out at are not kept: no browser sends them. */
const LONGEST_URL = 8_000;

/** What ties the answer of a provider to the sign-in that was begun. */
export interface SignOnChecks {
  state: string;
  nonce: string;
  /** Of PKCE (RFC 7636). */
  verifier: string;
}

/** Who has signed in at a provider. */
export interface Vouched {
  subject: string;
  claims: Claims;
  /** Where to sign out there; null where it has no such place. */
  signOutUrl: string | null;
}

/** Says that somebody else answers than the provider that is set. */
class OtherIssuer extends Error {
  override readonly name = 'OtherIssuer';
}

async function readAll(answer: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new AddressRefused('its answer is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Gives calls to checked addresses the form that the library knows. */
const fetchBy =
  (call: CheckedCall, signal: AbortSignal): CustomFetch =>
  async (url, { method, headers, body }) => {
    // The library sends forms and nothing else.
    const text = body instanceof URLSearchParams ? body.toString() : '';
    const length = { 'content-length': String(Buffer.byteLength(text)), 'user-agent': 'OpenTopup' };
    const answer = await call(new URL(url), { method, headers: { ...headers, ...length }, signal }, text);
    const content = await readAll(answer);
    const type = answer.headers['content-type'];
    return new Response(content.length === 0 ? null : Uint8Array.from(content), {
      status: answer.statusCode ?? 0,
      headers: type === undefined ? {} : { 'content-type': type },
    });
  };

/** Reads what a provider says of itself: OpenID Connect Discovery. */
async function discover(ctx: Context, provider: ProviderRow, call: CheckedCall): Promise<Configuration> {
  const oidc = await import('openid-client');
  const { seal } = ctx;
  if (!seal) throw new Error('a sign-in provider is kept without a key to seal its secret');
  const secret = seal.open(provider.client_secret_sealed, sealedSecretOf(provider.id));
  const fetch = fetchBy(call, AbortSignal.any([ctx.stopping, AbortSignal.timeout(TIMEOUT_MS)]));
  const config = await oidc.discovery(
    new URL(provider.issuer),
    provider.client_id,
    {},
    // Basic is what a provider takes that does not say (OpenID Connect Core, 9).
    (as, ...request) => {
      const methods = as.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
      const way = methods.includes('client_secret_basic') ? oidc.ClientSecretBasic : oidc.ClientSecretPost;
      way(secret)(as, ...request);
    },
    // Which addresses may be called, and without TLS, the rules of addresses say.
    { [oidc.customFetch]: fetch, execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks] },
  );
  // The library takes what is common to all tenants of a cloud, and the address of the document itself: there, whoever has a
  // tenant of its own would say who has which role here.
  const { issuer } = config.serverMetadata();
  if (new URL(issuer).href !== new URL(provider.issuer).href) throw new OtherIssuer(`it says that it is ${issuer}`);
  config.timeout = TIMEOUT_MS / 1_000;
  return config;
}

/** Builds where somebody has to go to sign in. */
export function askToSignIn(
  ctx: Context,
  provider: ProviderRow,
  call: CheckedCall,
): Promise<{ url: string; checks: SignOnChecks } | Refusal> {
  return orRefusal(async () => {
    const oidc = await import('openid-client');
    const config = await discover(ctx, provider, call);
    const checks = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier: oidc.randomPKCECodeVerifier(),
    };
    const url = oidc.buildAuthorizationUrl(config, {
      redirect_uri: redirectUriOf(ctx),
      scope: provider.scope,
      state: checks.state,
      nonce: checks.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(checks.verifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, checks };
  });
}

/**
 * Asks the provider who has signed in.
 * @param response what the browser has brought from there
 */
export function askWhoCame(
  ctx: Context,
  provider: ProviderRow,
  call: CheckedCall,
  response: string,
  checks: SignOnChecks,
): Promise<Vouched | Refusal> {
  return orRefusal(async () => {
    const oidc = await import('openid-client');
    const config = await discover(ctx, provider, call);
    const tokens = await oidc.authorizationCodeGrant(config, new URL(`${redirectUriOf(ctx)}?${response}`), {
      expectedState: checks.state,
      expectedNonce: checks.nonce,
      pkceCodeVerifier: checks.verifier,
      idTokenExpected: true,
    });
    const told = tokens.claims() as Claims & { sub: string };
    const isAll = told['email'] !== undefined && told[provider.role_claim] !== undefined;
    const { userinfo_endpoint, end_session_endpoint } = config.serverMetadata();
    const more =
      isAll || userinfo_endpoint === undefined ? {} : await oidc.fetchUserInfo(config, tokens.access_token, told.sub);
    const signOutUrl =
      end_session_endpoint === undefined || tokens.id_token === undefined
        ? null
        : oidc.buildEndSessionUrl(config, {
            id_token_hint: tokens.id_token,
            post_logout_redirect_uri: signedOutUriOf(ctx),
          }).href;
    const isKept = signOutUrl !== null && signOutUrl.length <= LONGEST_URL;
    return { subject: told.sub, claims: { ...more, ...told }, signOutUrl: isKept ? signOutUrl : null };
  });
}

/** Returns what a provider was asked for, or why that cannot be had. */
async function orRefusal<T>(asking: () => Promise<T>): Promise<T | Refusal> {
  try {
    return await asking();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return refusalOf(error);
  }
}

/** What is not as it has to be, rather than absent. */
const LIES = /^OAUTH_(INVALID_RESPONSE|JWT_\w+|JSON_ATTRIBUTE_\w+|KEY_SELECTION_FAILED)$/;

/** Tells an error of the provider from one of the network, and from an answer that cannot be trusted. */
function refusalOf(error: Error): Refusal {
  const { code, cause, name } = error as Error & { code?: unknown };
  const reason = cause instanceof Error ? cause : error;
  // What the provider calls it, is its own text: it is shortened, and one line.
  const told = 'error' in error ? String(error.error) : reason.message;
  const detail = asOneLine(told).slice(0, LONGEST_DETAIL);
  if (name === 'AuthorizationResponseError' || name === 'ResponseBodyError')
    return refuse('sign_on_refused', { detail });
  if (error instanceof OtherIssuer || (typeof code === 'string' && LIES.test(code)))
    return refuse('sign_on_untrusted', { detail });
  return refuse('sign_on_unavailable', { detail });
}
