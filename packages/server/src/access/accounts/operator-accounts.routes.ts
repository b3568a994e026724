import { OPERATOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import type { AppOptions } from '../../app-options.ts';
import { languageOf } from '../../http/answers.ts';
import { orFail } from '../../http/refusal-error.ts';
import { serve } from '../../http/serve.ts';
import { actorOf } from '../auth.ts';
import { listAccounts } from './accounts.query.ts';
import { answerLink, wireAccount } from './accounts.wire.ts';
import { changeAccount } from './change-account.ts';
import { createAccountLink } from './create-account-link.ts';
import { inviteAccount } from './invite-account.ts';
import { removeAccount } from './remove-account.ts';

/** The people of all, the operator's own among them. */
export async function operatorAccountRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, OPERATOR_OPERATIONS.listAccounts, async ({ query: { distributor, ...page } }) =>
    (await listAccounts(db, page, distributor ?? null)).map(wireAccount),
  );

  serve(app, OPERATOR_OPERATIONS.inviteAccount, async ({ body }, request, reply) => {
    const given = orFail(await inviteAccount(ctx, body, actorOf(request)));
    return reply.code(201).send(answerLink(ctx, given, languageOf(request)));
  });

  serve(app, OPERATOR_OPERATIONS.changeAccount, async ({ params, body }, request) =>
    wireAccount(orFail(await changeAccount(ctx, params.id, body, null, actorOf(request)))),
  );

  serve(app, OPERATOR_OPERATIONS.removeAccount, async ({ params }, request) =>
    wireAccount(orFail(await removeAccount(ctx, params.id, null, actorOf(request)))),
  );

  serve(app, OPERATOR_OPERATIONS.createAccountLink, async ({ params }, request, reply) => {
    const given = orFail(await createAccountLink(ctx, params.id, null, actorOf(request)));
    return reply.code(201).send(answerLink(ctx, given, languageOf(request)));
  });
}
