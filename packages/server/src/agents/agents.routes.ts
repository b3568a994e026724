import { DISTRIBUTOR_OPERATIONS, type NewAgent, type NewSalePreview } from '@opentopup/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { actorOf, clientOf, distributorOf, hasRole } from '../access/auth.ts';
import { ownerIn, ownWorlds } from '../access/credentials/own-worlds.ts';
import type { AppOptions } from '../app-options.ts';
import { answerRefusal, languageOf } from '../http/answers.ts';
import { fail, orFail } from '../http/refusal-error.ts';
import { serve } from '../http/serve.ts';
import { supplierRefusal, wireTransaction } from '../sales/transactions/transactions.wire.ts';
import { findAgent, listAgents } from './agents.query.ts';
import { changeAgent, createAgent } from './agents.ts';
import { wireAgent, wirePreview } from './agents.wire.ts';
import { confirmSale } from './confirm-sale.ts';
import { decidePreview } from './decide-preview.ts';
import { type CallingAgent, previewSale } from './preview-sale.ts';
import { listPreviews } from './previews.query.ts';

const callingAgent = (request: FastifyRequest): CallingAgent => ({
  distributor_id: distributorOf(request),
  client_id: clientOf(request),
  actor: actorOf(request),
});

/** Serves agents, and what they want to sell. */
export async function agentRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  const ownersOf = async (request: FastifyRequest): Promise<string[]> => [...(await ownWorlds(db, request)).keys()];

  serve(app, DISTRIBUTOR_OPERATIONS.listAgents, async ({ query }, request) =>
    (await listAgents(db, await ownersOf(request), query)).map(wireAgent),
  );

  serve(app, DISTRIBUTOR_OPERATIONS.createAgent, async ({ body }, request, reply) => {
    const { world = 'sandbox', ...wanted } = body;
    const worlds = await ownWorlds(db, request);
    const owner = ownerIn(worlds, world, request);
    const made = orFail(await createAgent(ctx, owner, wanted, [...worlds.keys()], actorOf(request)));
    const answer: NewAgent = { ...wireAgent(made.agent), client_secret: made.client_secret };
    return reply.code(201).send(answer);
  });

  serve(app, DISTRIBUTOR_OPERATIONS.changeAgent, async ({ params, body }, request) =>
    wireAgent(orFail(await changeAgent(ctx, await ownersOf(request), params.client_id, body, actorOf(request)))),
  );

  serve(app, DISTRIBUTOR_OPERATIONS.getOwnAgent, async (_, request) => {
    const agent = await findAgent(db, [distributorOf(request)], clientOf(request));
    return wireAgent(agent ?? fail('not_found'));
  });

  serve(app, DISTRIBUTOR_OPERATIONS.previewSale, async ({ body }, request, reply) => {
    const { preview, token } = orFail(await previewSale(ctx, callingAgent(request), body));
    const answer: NewSalePreview = { ...wirePreview(preview), token };
    return reply.code(201).send(answer);
  });

  serve(app, DISTRIBUTOR_OPERATIONS.listSalePreviews, async ({ query }, request) => {
    const client_id = hasRole(request, 'agent') ? clientOf(request) : null;
    return (await listPreviews(db, await ownersOf(request), { ...query, client_id })).map(wirePreview);
  });

  serve(app, DISTRIBUTOR_OPERATIONS.decideSalePreview, async ({ params, body }, request) => {
    const decided = await decidePreview(ctx, await ownersOf(request), params.id, body, actorOf(request));
    return wirePreview(orFail(decided));
  });

  serve(app, DISTRIBUTOR_OPERATIONS.confirmSale, async ({ params, body }, request, reply) => {
    const { transaction } = orFail(await confirmSale(ctx, callingAgent(request), params.id, body.token));
    request.transactionId = transaction.id;
    if (transaction.status !== 'ok' && transaction.status !== 'pending') {
      return answerRefusal(request, reply, supplierRefusal(transaction));
    }
    return reply.code(201).send(wireTransaction(transaction, { language: languageOf(request) }));
  });
}
