import { DISTRIBUTOR_OPERATIONS, OPERATOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import type { AppOptions } from '../../app-options.ts';
import { staffLanguageOf } from '../../http/answers.ts';
import { orFail } from '../../http/refusal-error.ts';
import { serve } from '../../http/serve.ts';
import { actorOf, distributorOf } from '../auth.ts';
import { listAccounts } from './accounts.query.ts';
import {
  changeAccount,
  createAccountLink,
  createStaffLink,
  inviteAccount,
  inviteStaff,
  removeAccount,
} from './accounts.ts';
import { answerLink, wireAccount } from './accounts.wire.ts';

/** Serves the accounts of everybody, the operator's own among them. */
export async function operatorAccountRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, OPERATOR_OPERATIONS.listAccounts, async ({ query: { distributor, ...page } }) =>
    (await listAccounts(db, page, distributor ?? null)).map(wireAccount),
  );

  serve(app, OPERATOR_OPERATIONS.inviteAccount, async ({ body }, request, reply) => {
    const given = orFail(await inviteAccount(ctx, body, actorOf(request)));
    return reply.code(201).send(answerLink(ctx, given, staffLanguageOf(request)));
  });

  serve(app, OPERATOR_OPERATIONS.changeAccount, async ({ params, body }, request) =>
    wireAccount(orFail(await changeAccount(ctx, params.id, body, null, actorOf(request)))),
  );

  serve(app, OPERATOR_OPERATIONS.removeAccount, async ({ params }, request) =>
    wireAccount(orFail(await removeAccount(ctx, params.id, null, actorOf(request)))),
  );

  serve(app, OPERATOR_OPERATIONS.createAccountLink, async ({ params }, request, reply) => {
    const given = orFail(await createAccountLink(ctx, params.id, null, actorOf(request)));
    return reply.code(201).send(answerLink(ctx, given, staffLanguageOf(request)));
  });
}

/** Serves the accounts of a distributor. */
export async function staffRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, DISTRIBUTOR_OPERATIONS.listStaff, async ({ query }, request) =>
    (await listAccounts(db, query, distributorOf(request))).map(wireAccount),
  );

  serve(app, DISTRIBUTOR_OPERATIONS.inviteStaff, async ({ body }, request, reply) => {
    const invitation = { ...body, distributor_id: distributorOf(request) };
    const given = orFail(await inviteStaff(ctx, invitation, actorOf(request)));
    return reply.code(201).send(answerLink(ctx, given, staffLanguageOf(request)));
  });

  serve(app, DISTRIBUTOR_OPERATIONS.changeStaff, async ({ params, body }, request) =>
    wireAccount(orFail(await changeAccount(ctx, params.id, body, distributorOf(request), actorOf(request)))),
  );

  serve(app, DISTRIBUTOR_OPERATIONS.removeStaff, async ({ params }, request) =>
    wireAccount(orFail(await removeAccount(ctx, params.id, distributorOf(request), actorOf(request)))),
  );

  serve(app, DISTRIBUTOR_OPERATIONS.createStaffLink, async ({ params }, request, reply) => {
    const given = orFail(await createStaffLink(ctx, params.id, distributorOf(request), actorOf(request)));
    return reply.code(201).send(answerLink(ctx, given, staffLanguageOf(request)));
  });
}
