import { DISTRIBUTOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { admitRequest } from '../access/admit-attempt.ts';
import { actorOf, distributorOf, hasRole, sellerOf } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import { answerRefusal } from '../http/answers.ts';
import { orFail } from '../http/refusal-error.ts';
import { serve } from '../http/serve.ts';
import { findEsimHolder } from './holder.query.ts';
import { setEsimHolder, showEsim } from './show-esim.ts';

/** How many eSIMs somebody who is signed in is shown in a quarter of an hour: a stolen session is not to empty the books. */
const SHOWINGS = 60;

/** Serves who reads what installs the eSIMs of a distributor, and what that is. */
export async function esimRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, DISTRIBUTOR_OPERATIONS.getEsimHolder, async (_, request) => findEsimHolder(db, distributorOf(request)));

  serve(app, DISTRIBUTOR_OPERATIONS.setEsimHolder, async ({ body }, request) =>
    orFail(await setEsimHolder(ctx, distributorOf(request), body, actorOf(request))),
  );

  serve(app, DISTRIBUTOR_OPERATIONS.showEsim, async ({ params }, request, reply) => {
    const account = sellerOf(request);
    const refusal = account === null ? null : await admitRequest(ctx, ['showings of', account], SHOWINGS);
    if (refusal) return answerRefusal(request, reply, refusal);
    const key = { distributor_id: distributorOf(request), transaction_id: params.id };
    const shown = await showEsim(ctx, key, { actor: actorOf(request), isSeller: hasRole(request, 'seller') });
    return 'reason' in shown ? answerRefusal(request, reply, shown) : reply.code(201).send(shown);
  });
}
