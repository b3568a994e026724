import { DISTRIBUTOR_OPERATIONS, OPERATOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { distributorOf } from '../../access/auth.ts';
import type { AppOptions } from '../../app-options.ts';
import { fail, orFail } from '../../http/refusal-error.ts';
import { serve } from '../../http/serve.ts';
import { cancelParkedOrder } from './end-parked.ts';
import { findPlacedOrder, listParkedOrders } from './parked-orders.query.ts';
import { offeredTo } from './parked-topup.ts';
import { wireAnyParkedOrder, wireParkedOrder } from './parking.wire.ts';

/** Serves a distributor's orders that wait for units. */
export async function parkingRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, DISTRIBUTOR_OPERATIONS.listParkedOrders, async ({ query }, request) => {
    const rows = await listParkedOrders(db, { ...query, distributor_id: distributorOf(request) });
    return Promise.all(rows.map(async (row) => wireParkedOrder(row, await offeredTo(ctx, row))));
  });

  serve(app, DISTRIBUTOR_OPERATIONS.getParkedOrder, async ({ params }, request) => {
    const order = await findPlacedOrder(db, distributorOf(request), params.id);
    if (!order) fail('not_found', { detail: `parked order ${params.id} not found` });
    return wireParkedOrder(order, await offeredTo(ctx, order));
  });

  serve(app, DISTRIBUTOR_OPERATIONS.cancelParkedOrder, async ({ params }, request, reply) => {
    const { order, isNew } = orFail(await cancelParkedOrder(ctx, distributorOf(request), params.id));
    return reply.code(isNew ? 201 : 200).send(wireParkedOrder(order, await offeredTo(ctx, order)));
  });
}

/** Serves those of all distributors. */
export async function allParkingRoute(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, OPERATOR_OPERATIONS.listAllParkedOrders, async ({ query }) => {
    const { distributor = null, ...page } = query;
    const rows = await listParkedOrders(db, { ...page, distributor_id: distributor });
    return Promise.all(rows.map(async (row) => wireAnyParkedOrder(row, await offeredTo(ctx, row))));
  });
}
