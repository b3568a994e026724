import { DISTRIBUTOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { changeAccount } from '../../flows/change-account.ts';
import { createStaffLink } from '../../flows/create-account-link.ts';
import { inviteStaff } from '../../flows/invite-account.ts';
import { removeAccount } from '../../flows/remove-account.ts';
import { listAccounts } from '../../store/queries/accounts.ts';
import { answerLink, wireAccount } from '../account-wire.ts';
import { languageOf } from '../answers.ts';
import type { AppOptions } from '../app-options.ts';
import { actorOf, distributorOf } from '../auth.ts';
import { orFail } from '../refusal-error.ts';
import { serve } from '../serve.ts';

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
