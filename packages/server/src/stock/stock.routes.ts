import { DISTRIBUTOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { actorOf, distributorOf } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import { readClock } from '../distributors/sandbox-clock.ts';
import { staffLanguageOf } from '../http/answers.ts';
import { fail, orFail } from '../http/refusal-error.ts';
import { serve } from '../http/serve.ts';
import { findAlert, listAlerts, listStockStatuses } from './alerts.query.ts';
import { changeAlert, createAlert, deleteAlert } from './alerts.ts';
import { readStock } from './read-stock.ts';
import { wireAlert, wireStock, wireStockStatus } from './stock.wire.ts';
import { stockSpanOf } from './stock-span.ts';
import { testAlert } from './test-alert.ts';

/** Serves the stock of an offer: its status, and how long it will last. */
export async function offerStockRoute(app: FastifyInstance, { ctx }: AppOptions): Promise<void> {
  serve(app, DISTRIBUTOR_OPERATIONS.getOfferStock, async ({ params, query }, request) => {
    const distributor_id = distributorOf(request);
    const span = stockSpanOf(query, await readClock(ctx, distributor_id));
    const asked = { distributor_id, offer_id: params.id, ...span };
    const stock = await readStock(ctx, asked);
    return stock ? wireStock(stock, asked.step) : fail('not_found', { detail: `offer ${params.id} not found` });
  });
}

/** Serves when a distributor wants to be told of its stocks, and their status. */
export async function alertRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, DISTRIBUTOR_OPERATIONS.listStock, async ({ query }, request) =>
    (await listStockStatuses(db.reads, distributorOf(request), query)).map(wireStockStatus),
  );

  serve(app, DISTRIBUTOR_OPERATIONS.listAlerts, async ({ query }, request) =>
    (await listAlerts(db, distributorOf(request), query)).map(wireAlert),
  );

  serve(app, DISTRIBUTOR_OPERATIONS.createAlert, async ({ body }, request, reply) => {
    const alert = orFail(
      await createAlert(ctx, distributorOf(request), body, actorOf(request), staffLanguageOf(request)),
    );
    return reply.code(201).send(wireAlert(alert));
  });

  serve(app, DISTRIBUTOR_OPERATIONS.getAlert, async ({ params: { id } }, request) => {
    const alert = await findAlert(db, distributorOf(request), id);
    return alert ? wireAlert(alert) : fail('not_found', { detail: `alert ${id} not found` });
  });

  serve(app, DISTRIBUTOR_OPERATIONS.changeAlert, async ({ params: { id }, body }, request) => {
    const key = { distributor_id: distributorOf(request), id };
    return wireAlert(orFail(await changeAlert(ctx, key, body, actorOf(request), staffLanguageOf(request))));
  });

  serve(app, DISTRIBUTOR_OPERATIONS.testAlert, async ({ params: { id } }, request) =>
    orFail(await testAlert(ctx, { distributor_id: distributorOf(request), id })),
  );

  serve(app, DISTRIBUTOR_OPERATIONS.deleteAlert, async ({ params: { id } }, request) => {
    const key = { distributor_id: distributorOf(request), id };
    return wireAlert(orFail(await deleteAlert(ctx, key, actorOf(request))));
  });
}
