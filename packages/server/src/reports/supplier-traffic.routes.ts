import { OPERATOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import type { AppOptions } from '../app-options.ts';
import { findSupplierDetail } from '../catalogue/suppliers/suppliers.query.ts';
import { DAY_MS } from '../http/dates.ts';
import { fail } from '../http/refusal-error.ts';
import { serve } from '../http/serve.ts';
import { wholeHours } from './overview.rules.ts';
import { listSupplierCalls, listSupplierRoutes } from './supplier-traffic.query.ts';
import { wireSupplierCall, wireSupplierRoute } from './supplier-traffic.wire.ts';

/** Serves what goes through a supplier. */
export async function supplierTrafficRoutes(app: FastifyInstance, { ctx, db, reports }: AppOptions): Promise<void> {
  const known = async (id: string): Promise<void> => {
    if (!(await findSupplierDetail(db, id))) fail('not_found', { detail: `supplier ${id} not found` });
  };

  serve(app, OPERATOR_OPERATIONS.listSupplierCalls, async ({ params, query }) => {
    await known(params.id);
    return (await listSupplierCalls(reports, params.id, query)).map(wireSupplierCall);
  });

  serve(app, OPERATOR_OPERATIONS.listSupplierRoutes, async ({ params, query }) => {
    await known(params.id);
    const now = ctx.now();
    const { from } = wholeHours({ from: new Date(now.getTime() - DAY_MS), before: now });
    return (await listSupplierRoutes(reports, params.id, from, now, query)).map((row) => wireSupplierRoute(row, from));
  });
}
