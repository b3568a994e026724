import formbody from '@fastify/formbody';
import { DISTRIBUTOR_SCOPE, SERVICE_OPERATIONS, type TokenAnswer } from '@opentopup/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AppOptions } from '../app-options.ts';
import { fail } from '../http/refusal-error.ts';
import { countRequests } from '../http/request-limit.ts';
import { serve } from '../http/serve.ts';
import { sameSecret } from './auth.ts';
import { clientCredentialsOf, clientIdOf, formParametersOf } from './client-credentials.ts';
import { secretDigest } from './credentials/client-secret.ts';
import { findClient } from './credentials/credentials.query.ts';
import { TOKEN_LIFE_S } from './tokens.ts';

const TOKENS_PER_MINUTE = 50;

function checkGrant({ grant_type, scope }: Readonly<Record<string, unknown>>): void {
  if (grant_type === undefined) fail('missing_body_field', { field: 'grant_type', oauth_error: 'invalid_request' });
  if (grant_type !== 'client_credentials') {
    fail('invalid_body_field', { field: 'grant_type', oauth_error: 'unsupported_grant_type' });
  }
  if (scope !== undefined && scope !== DISTRIBUTOR_SCOPE) {
    fail('invalid_body_field', { field: 'scope', oauth_error: 'invalid_scope' });
  }
}

/** Serves `POST /oauth/v3/token`: the client credentials grant (RFC 6749, 4.4). */
export async function tokenRoute(app: FastifyInstance, { db, tokens }: AppOptions): Promise<void> {
  await app.register(formbody);
  // By address as well, so that a stranger cannot use up a client's share.
  const limit = countRequests(TOKENS_PER_MINUTE, (request) => `${clientIdOf(request)} ${request.ip}`);
  // Who asks may stand in the form.
  app.addHook('preHandler', (request, reply, done) => {
    limit(request, reply);
    done();
  });

  const issue = async (_: unknown, request: FastifyRequest): Promise<TokenAnswer> => {
    const form = formParametersOf(request.body);
    checkGrant(form);
    const given = clientCredentialsOf(request, form);
    const known = given && (await findClient(db, given.id));
    const digest = given && secretDigest(given.secret);
    // Every secret is compared, so that the time does not tell which one agreed.
    const agreeing = known?.secrets_sha256.filter((secret) => digest !== null && sameSecret(secret, digest));
    if (!known || !agreeing?.length) fail('invalid_credentials', { oauth_error: 'invalid_client' });
    const { secrets_sha256: _secrets, is_agent: _agent, ...caller } = known;
    const access_token = await tokens.issue(caller);
    return { token_type: 'Bearer', access_token, expires_in: TOKEN_LIFE_S, scope: DISTRIBUTOR_SCOPE };
  };
  serve(app, SERVICE_OPERATIONS.createToken, issue, { rawBody: true });
}
