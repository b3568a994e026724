import { DISTRIBUTOR_OPERATIONS, OPERATOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { actorOf, distributorOf } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import { orFail } from '../http/refusal-error.ts';
import { serve } from '../http/serve.ts';
import { decideRefillOrder, orderRefill, withdrawRefillOrder } from './order-refill.ts';
import { listRefillOrders } from './refill-orders.query.ts';
import { wireOrder, wireOwnOrder } from './refills.wire.ts';

/** Serves what a distributor orders for its stock. */
export async function ownRefillRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, DISTRIBUTOR_OPERATIONS.orderRefill, async ({ body }, request, reply) => {
    const { order, isNew } = orFail(await orderRefill(ctx, distributorOf(request), body, actorOf(request)));
    return reply.code(isNew ? 201 : 200).send(wireOwnOrder(order));
  });

  serve(app, DISTRIBUTOR_OPERATIONS.listOwnRefillOrders, async ({ query }, request) =>
    (await listRefillOrders(db, { ...query, distributor_id: distributorOf(request) })).map(wireOwnOrder),
  );

  serve(app, DISTRIBUTOR_OPERATIONS.withdrawRefillOrder, async ({ params }, request, reply) => {
    const withdrawn = await withdrawRefillOrder(ctx, distributorOf(request), params.id, actorOf(request));
    const { order, isNew } = orFail(withdrawn);
    return reply.code(isNew ? 201 : 200).send(wireOwnOrder(order));
  });
}

/** Serves the orders of all distributors, and what is decided about them. */
export async function refillRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, OPERATOR_OPERATIONS.listRefillOrders, async ({ query }) => {
    const { distributor = null, ...page } = query;
    return (await listRefillOrders(db, { ...page, distributor_id: distributor })).map(wireOrder);
  });

  serve(app, OPERATOR_OPERATIONS.decideRefillOrder, async ({ params, body }, request, reply) => {
    const { order, isNew } = orFail(await decideRefillOrder(ctx, params.id, body, actorOf(request)));
    return reply.code(isNew ? 201 : 200).send(wireOrder(order));
  });
}
