import { OPERATOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../../access/auth.ts';
import type { AppOptions } from '../../app-options.ts';
import { fail, orFail } from '../../http/refusal-error.ts';
import { serve } from '../../http/serve.ts';
import { importSupplier } from '../import/import-supplier.ts';
import { searchListings } from './listings.query.ts';
import { readBalance } from './read-balance.ts';
import { readCatalogue } from './read-catalogue.ts';
import { readPromotions } from './read-promotions.ts';
import { findSupplierDetail, listSupplierDetails } from './suppliers.query.ts';
import { changeSupplier, createSupplier } from './suppliers.ts';
import { wireCatalogueEntry, wireFunds, wireSupplier } from './suppliers.wire.ts';

/** Serves the suppliers and their catalogues. */
export async function supplierDetailRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, OPERATOR_OPERATIONS.listSuppliers, async ({ query }) =>
    (await listSupplierDetails(db, query)).map(wireSupplier),
  );

  serve(app, OPERATOR_OPERATIONS.createSupplier, async ({ body }, request, reply) =>
    reply.code(201).send(wireSupplier(orFail(await createSupplier(ctx, body, actorOf(request))))),
  );

  serve(app, OPERATOR_OPERATIONS.getSupplier, async ({ params }) => {
    const supplier = await findSupplierDetail(db, params.id);
    return supplier ? wireSupplier(supplier) : fail('not_found', { detail: `supplier ${params.id} not found` });
  });

  serve(app, OPERATOR_OPERATIONS.changeSupplier, async ({ params, body }, request) =>
    wireSupplier(orFail(await changeSupplier(ctx, params.id, body, actorOf(request)))),
  );

  serve(app, OPERATOR_OPERATIONS.readSupplierBalance, async ({ params }) => {
    const { balance } = orFail(await readBalance(ctx, params.id));
    return balance ? wireFunds(balance) : {};
  });

  serve(app, OPERATOR_OPERATIONS.importSupplierProducts, async ({ params, body }, request) =>
    orFail(await importSupplier(ctx, params.id, body, actorOf(request))),
  );

  serve(app, OPERATOR_OPERATIONS.listSupplierCatalogue, async ({ params, query }) => {
    const supplier = await findSupplierDetail(db, params.id);
    if (!supplier) fail('not_found', { detail: `supplier ${params.id} not found` });
    return (await searchListings(db, params.id, query)).map(wireCatalogueEntry);
  });

  serve(app, OPERATOR_OPERATIONS.listSupplierPromotions, async ({ params }) =>
    orFail(await readPromotions(ctx, params.id)),
  );

  serve(app, OPERATOR_OPERATIONS.readSupplierCatalogue, async ({ params, body }, request) =>
    orFail(await readCatalogue(ctx, params.id, body, actorOf(request))),
  );
}
