import { type SupplierLight, WIRE_OPERATIONS, wireDate } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { listSuppliers } from '../../store/queries/suppliers.ts';
import type { AppOptions } from '../app.ts';
import { distributorOf } from '../auth.ts';
import { serve } from '../serve.ts';

/** Whose products a distributor's offers sell. */
export async function supplierRoutes(app: FastifyInstance, { db }: AppOptions): Promise<void> {
  serve(app, WIRE_OPERATIONS.getAvailableSupplierList, async (_, request): Promise<SupplierLight[]> => {
    const suppliers = await listSuppliers(db, distributorOf(request));
    return suppliers.map(({ id, name, status, connector, outage }) => ({
      id,
      name,
      status,
      connector_status: connector === null ? 'none' : outage && !outage.ended_at ? 'down' : 'up',
      ...(outage && { last_outage_date: wireDate(new Date(outage.began_at)) }),
    }));
  });
}
