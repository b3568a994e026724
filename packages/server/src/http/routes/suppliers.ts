import { type SupplierLight, WIRE_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { listSuppliers } from '../../store/queries/suppliers.ts';
import type { AppOptions } from '../app.ts';
import { distributorOf } from '../auth.ts';
import { serve } from '../serve.ts';

/** Whose products a distributor's offers sell. */
export async function supplierRoutes(app: FastifyInstance, { db }: AppOptions): Promise<void> {
  serve(app, WIRE_OPERATIONS.getAvailableSupplierList, async (_, request): Promise<SupplierLight[]> => {
    const suppliers = await listSuppliers(db, distributorOf(request));
    return suppliers.map(({ id, name, status, connector }) => ({
      id,
      name,
      status,
      // The sandbox needs no connector but the simulator.
      connector_status: connector === null && request.caller?.world === 'live' ? 'none' : 'up',
    }));
  });
}
