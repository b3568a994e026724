// A sign-in provider (OpenID Connect) as a process of its own: the certified `oidc-provider`, in which people are planted, and
// which lies where it is told to. It serves one client, the OpenTopup at the address in its first argument.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import Provider from 'oidc-provider';

const [opentopup = ''] = process.argv.slice(2);
export const CLIENT = { id: 'opentopup', secret: 'kept-by-the-provider-too' };

/** What is wrong with what it says. */
export type Lie = 'none' | 'issuer' | 'nonce' | 'expired' | 'audience' | 'signature' | 'down' | 'page' | 'silent';

const people = new Map<string, Record<string, unknown>>();
let lie: Lie = 'none';

const server = createServer();
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const { privateKey } = await generateKeyPair('RS256', { extractable: true });
const { privateKey: another } = await generateKeyPair('RS256', { extractable: true });
const key = { ...(await exportJWK(privateKey)), kid: 'one', alg: 'RS256', use: 'sig' };

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: CLIENT.id,
      client_secret: CLIENT.secret,
      redirect_uris: [`${opentopup}/sign-on`],
      post_logout_redirect_uris: [`${opentopup}/`],
    },
  ],
  jwks: { keys: [key] },
  cookies: { keys: ['only for tests'] },
  claims: { openid: ['sub', 'groups'], email: ['email', 'email_verified'] },
  features: { devInteractions: { enabled: true } },
  pkce: { required: () => true },
  findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId, ...people.get(accountId) }) }),
  // Nobody is asked whether OpenTopup may know who they are.
  loadExistingGrant: async (ctx) => {
    const { client, session, provider: own } = ctx.oidc;
    const grant = new own.Grant({ clientId: client?.clientId ?? '', accountId: session?.accountId ?? '' });
    grant.addOIDCScope('openid email');
    await grant.save();
    return grant;
  },
});

/** Signs an ID token again, with something wrong in it. */
async function falsified(token: string): Promise<string> {
  const claims: JWTPayload = decodeJwt(token);
  const wrong: Partial<Record<Lie, JWTPayload>> = {
    nonce: { nonce: 'of-another-sign-in' },
    expired: { iat: 1_000_000_000, exp: 1_000_000_300 },
    audience: { aud: 'another-client' },
  };
  return new SignJWT({ ...claims, ...wrong[lie] })
    .setProtectedHeader({ alg: 'RS256', kid: 'one' })
    .sign(lie === 'signature' ? another : privateKey);
}

async function read(request: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

provider.use(async (ctx, next) => {
  if (ctx.path.startsWith('/planted/')) {
    const planted = JSON.parse(await read(ctx.req)) as { lie?: Lie; claims?: Record<string, unknown> };
    if (planted.lie) lie = planted.lie;
    if (planted.claims) people.set(ctx.path.slice('/planted/'.length), planted.claims);
    ctx.status = 204;
    return;
  }
  if (lie === 'silent') return new Promise(() => {});
  if (lie === 'down') {
    ctx.status = 503;
    ctx.body = 'down';
    return;
  }
  await next();
  const body = ctx.body as Record<string, unknown>;
  if (ctx.path.startsWith('/.well-known/') && lie === 'issuer')
    ctx.body = { ...body, issuer: 'https://elsewhere.example' };
  if (ctx.path.startsWith('/.well-known/') && lie === 'page') ctx.body = '<h1>Welcome</h1>';
  if (ctx.path === '/token' && typeof body['id_token'] === 'string' && !['none', 'issuer', 'page'].includes(lie)) {
    ctx.body = { ...body, id_token: await falsified(body['id_token']) };
  }
});

const serve = provider.callback();
server.on('request', (request, response) => void serve(request, response));
process.stdout.write(`the provider is ready at ${issuer}\n`);
