import { DISTRIBUTOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { actorOf, distributorOf } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import { fail, orFail } from '../http/refusal-error.ts';
import { serve } from '../http/serve.ts';
import { findAlert, listAlerts, listStandings } from './alerts.query.ts';
import { changeAlert } from './change-alert.ts';
import { createAlert } from './create-alert.ts';
import { deleteAlert } from './delete-alert.ts';
import { wireAlert, wireStanding } from './stock.wire.ts';

/** When a distributor wants to be told of its stocks, and how they stand. */
export async function alertRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, DISTRIBUTOR_OPERATIONS.listStock, async ({ query }, request) =>
    (await listStandings(db, distributorOf(request), query)).map(wireStanding),
  );

  serve(app, DISTRIBUTOR_OPERATIONS.listAlerts, async ({ query }, request) =>
    (await listAlerts(db, distributorOf(request), query)).map(wireAlert),
  );

  serve(app, DISTRIBUTOR_OPERATIONS.createAlert, async ({ body }, request, reply) => {
    const alert = orFail(await createAlert(ctx, distributorOf(request), body, actorOf(request)));
    return reply.code(201).send(wireAlert(alert));
  });

  serve(app, DISTRIBUTOR_OPERATIONS.getAlert, async ({ params: { id } }, request) => {
    const alert = await findAlert(db, distributorOf(request), id);
    return alert ? wireAlert(alert) : fail('not_found', { detail: `alert ${id} not found` });
  });

  serve(app, DISTRIBUTOR_OPERATIONS.changeAlert, async ({ params: { id }, body }, request) => {
    const key = { distributor_id: distributorOf(request), id };
    return wireAlert(orFail(await changeAlert(ctx, key, body, actorOf(request))));
  });

  serve(app, DISTRIBUTOR_OPERATIONS.deleteAlert, async ({ params: { id } }, request) => {
    const key = { distributor_id: distributorOf(request), id };
    return wireAlert(orFail(await deleteAlert(ctx, key, actorOf(request))));
  });
}
