import { DISTRIBUTOR_OPERATIONS, type ParkedOrder } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { distributorOf } from '../../access/auth.ts';
import type { AppOptions } from '../../app-options.ts';
import { fail, orFail } from '../../http/refusal-error.ts';
import { serve } from '../../http/serve.ts';
import { cancelParkedOrder } from './end-parked.ts';
import { findParkedOrder, listParkedOrders, type ParkedOrderRow } from './parked-orders.query.ts';
import { offeredTo } from './parked-topup.ts';
import { wireParkedOrder } from './parking.wire.ts';

/** Serves the orders that wait for units. */
export async function parkingRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  const wire = async (row: ParkedOrderRow): Promise<ParkedOrder> => wireParkedOrder(row, await offeredTo(ctx, row));

  serve(app, DISTRIBUTOR_OPERATIONS.listParkedOrders, async ({ query }, request) =>
    Promise.all((await listParkedOrders(db, distributorOf(request), query)).map(wire)),
  );

  serve(app, DISTRIBUTOR_OPERATIONS.getParkedOrder, async ({ params }, request) => {
    const order = await findParkedOrder(db, distributorOf(request), params.id);
    if (!order) fail('not_found', { detail: `parked order ${params.id} not found` });
    return wire(order);
  });

  serve(app, DISTRIBUTOR_OPERATIONS.cancelParkedOrder, async ({ params }, request, reply) => {
    const { order, isNew } = orFail(await cancelParkedOrder(ctx, distributorOf(request), params.id));
    return reply.code(isNew ? 201 : 200).send(await wire(order));
  });
}
