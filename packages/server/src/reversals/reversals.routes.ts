import { DISTRIBUTOR_OPERATIONS, OPERATOR_OPERATIONS, type ReversalRequest } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { actorOf, distributorOf, hasSession } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import { orFail } from '../http/refusal-error.ts';
import { serve } from '../http/serve.ts';
import { listRequests, type ReversalRequestRow } from './requests.query.ts';
import { wireOwnRequest, wireRequest } from './reversals.wire.ts';
import { decideReversal, needsSecondPerson, requestReversal, reverseSale } from './reverse-sale.ts';

/** Serves a distributor's requests that sales are reversed. */
export async function reversalRequestRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, DISTRIBUTOR_OPERATIONS.requestReversal, async ({ params, body }, request, reply) => {
    const key = { distributor_id: distributorOf(request), id: params.id };
    const asked = orFail(await requestReversal(ctx, key, body, actorOf(request)));
    return reply.code(201).send(wireOwnRequest(asked.request));
  });

  serve(app, DISTRIBUTOR_OPERATIONS.listOwnReversalRequests, async ({ query }, request) => {
    const filter = { ...query, distributor_id: distributorOf(request), origin: 'distributor' } as const;
    return (await listRequests(db, filter)).map(wireOwnRequest);
  });
}

/** Serves the reversals of the operator, and its decisions about who wants one. */
export async function reversalRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  const onWire = (row: ReversalRequestRow): ReversalRequest => wireRequest(row, needsSecondPerson(ctx, row));

  serve(app, OPERATOR_OPERATIONS.reverseTransaction, async ({ params, body }, request, reply) => {
    const reversed = orFail(await reverseSale(ctx, params.id, body, actorOf(request)));
    return reply.code(201).send(onWire(reversed.request));
  });

  serve(app, OPERATOR_OPERATIONS.listReversalRequests, async ({ query }) => {
    const { distributor = null, ...page } = query;
    return (await listRequests(db, { ...page, distributor_id: distributor })).map(onWire);
  });

  serve(app, OPERATOR_OPERATIONS.decideReversal, async ({ params, body }, request, reply) => {
    const by = { actor: actorOf(request), hasSession: hasSession(request) };
    const decided = orFail(await decideReversal(ctx, params.id, body, by));
    return reply.code(201).send(onWire(decided.request));
  });
}
