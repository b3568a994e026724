import { OPERATOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../../access/auth.ts';
import type { AppOptions } from '../../app-options.ts';
import { fail, orFail } from '../../http/refusal-error.ts';
import { serve } from '../../http/serve.ts';
import { findProduct, listProductDetails } from './products.query.ts';
import { changeProduct, createProduct } from './products.ts';
import { wireProduct } from './products.wire.ts';

/** Serves what suppliers deliver. */
export async function productRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, OPERATOR_OPERATIONS.listProducts, async ({ query: { supplier, ...page } }) =>
    (await listProductDetails(db, page, supplier ?? null)).map(wireProduct),
  );

  serve(app, OPERATOR_OPERATIONS.createProduct, async ({ body }, request, reply) =>
    reply.code(201).send(wireProduct(orFail(await createProduct(ctx, body, actorOf(request))))),
  );

  serve(app, OPERATOR_OPERATIONS.getProduct, async ({ params }) => {
    const product = await findProduct(db, params.id);
    return product ? wireProduct(product) : fail('not_found', { detail: `product ${params.id} not found` });
  });

  serve(app, OPERATOR_OPERATIONS.changeProduct, async ({ params, body }, request) =>
    wireProduct(orFail(await changeProduct(ctx, params.id, body, actorOf(request)))),
  );
}
