import { ACCOUNT_OPERATIONS, type Link, wireDate } from '@opentopup/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AppOptions } from '../../app-options.ts';
import { staffLanguageOf } from '../../http/answers.ts';
import { fail, orFail, RefusalError } from '../../http/refusal-error.ts';
import { serve } from '../../http/serve.ts';
import { networkOf } from '../../values/network.ts';
import { admitRequest } from '../admit-attempt.ts';
import { secretDigest } from '../credentials/client-secret.ts';
import { findAccount, findLink } from './accounts.query.ts';
import { wireAccount } from './accounts.wire.ts';
import { requestReset, useLink } from './links.ts';

const USES_OF_LINKS = 100;

/** Serves one-time links: for a first password, or another one. */
export async function linkRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  const admit = async ({ ip }: FastifyRequest): Promise<void> => {
    const refusal = await admitRequest(ctx, ['links from', networkOf(ip)], USES_OF_LINKS);
    if (refusal) throw new RefusalError(refusal);
  };

  serve(app, ACCOUNT_OPERATIONS.requestReset, async ({ body }, request, reply) => {
    const refusal = await requestReset(ctx, body.email, request.ip, staffLanguageOf(request));
    if (refusal) throw new RefusalError(refusal);
    return reply.code(202).send({ status: 'accepted' });
  });

  serve(app, ACCOUNT_OPERATIONS.readLink, async ({ body }, request): Promise<Link> => {
    await admit(request);
    const link = (await findLink(db, secretDigest(body.token), ctx.now())) ?? fail('invalid_link');
    const account = link.account_id === null ? null : await findAccount(db, link.account_id);
    if (!account) return { purpose: 'first_account', role: 'operator_admin' };
    return {
      purpose: account.password_hash === null ? 'invitation' : 'reset',
      email: account.email,
      role: account.role,
      ...(account.distributor_name !== null && { distributor_name: account.distributor_name }),
      ...(link.expires_at && { expiration_date: wireDate(link.expires_at) }),
    };
  });

  serve(app, ACCOUNT_OPERATIONS.useLink, async ({ body }, request) => {
    await admit(request);
    return wireAccount(orFail(await useLink(ctx, body)));
  });
}
