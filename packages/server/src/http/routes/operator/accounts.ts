import { OPERATOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { changeAccount } from '../../../flows/change-account.ts';
import { createAccountLink } from '../../../flows/create-account-link.ts';
import { inviteAccount } from '../../../flows/invite-account.ts';
import { removeAccount } from '../../../flows/remove-account.ts';
import { listAccounts } from '../../../store/queries/accounts.ts';
import { answerLink, wireAccount } from '../../account-wire.ts';
import { languageOf } from '../../answers.ts';
import type { AppOptions } from '../../app-options.ts';
import { actorOf } from '../../auth.ts';
import { orFail } from '../../refusal-error.ts';
import { serve } from '../../serve.ts';

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
