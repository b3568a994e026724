import { DISTRIBUTOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import type { AppOptions } from '../../app-options.ts';
import { languageOf } from '../../http/answers.ts';
import { orFail } from '../../http/refusal-error.ts';
import { serve } from '../../http/serve.ts';
import { actorOf, distributorOf } from '../auth.ts';
import { listAccounts } from './accounts.query.ts';
import { answerLink, wireAccount } from './accounts.wire.ts';
import { changeAccount } from './change-account.ts';
import { createStaffLink } from './create-account-link.ts';
import { inviteStaff } from './invite-account.ts';
import { removeAccount } from './remove-account.ts';

/** The people of a distributor. */
export async function staffRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, DISTRIBUTOR_OPERATIONS.listStaff, async ({ query }, request) =>
    (await listAccounts(db, query, distributorOf(request))).map(wireAccount),
  );

  serve(app, DISTRIBUTOR_OPERATIONS.inviteStaff, async ({ body }, request, reply) => {
    const invitation = { ...body, distributor_id: distributorOf(request) };
    const given = orFail(await inviteStaff(ctx, invitation, actorOf(request)));
    return reply.code(201).send(answerLink(ctx, given, languageOf(request)));
  });

  serve(app, DISTRIBUTOR_OPERATIONS.changeStaff, async ({ params, body }, request) =>
    wireAccount(orFail(await changeAccount(ctx, params.id, body, distributorOf(request), actorOf(request)))),
  );

  serve(app, DISTRIBUTOR_OPERATIONS.removeStaff, async ({ params }, request) =>
    wireAccount(orFail(await removeAccount(ctx, params.id, distributorOf(request), actorOf(request)))),
  );

  serve(app, DISTRIBUTOR_OPERATIONS.createStaffLink, async ({ params }, request, reply) => {
    const given = orFail(await createStaffLink(ctx, params.id, distributorOf(request), actorOf(request)));
    return reply.code(201).send(answerLink(ctx, given, languageOf(request)));
  });
}
