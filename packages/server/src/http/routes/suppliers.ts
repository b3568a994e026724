import { ROUTES, SupplierLight } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { listSuppliers } from '../../store/queries/suppliers.ts';
import type { AppOptions } from '../app.ts';

/** `GET /distributors/suppliers`: whose products the distributor's offers sell. */
export async function supplierRoutes(app: FastifyInstance, { db }: AppOptions): Promise<void> {
  app.get(ROUTES.suppliers, { schema: { response: { 200: Type.Array(SupplierLight) } } }, async (request) => {
    const suppliers = await listSuppliers(db, request.distributorId);
    return suppliers.map(({ id, name, status, connector }) => ({
      id,
      name,
      status,
      connector_status: connector === null ? 'none' : 'up',
    }));
  });
}
