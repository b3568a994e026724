import { DISTRIBUTOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { changeAlert } from '../../flows/change-alert.ts';
import { createAlert } from '../../flows/create-alert.ts';
import { deleteAlert } from '../../flows/delete-alert.ts';
import { findAlert, listAlerts, listStandings } from '../../store/queries/alerts.ts';
import type { AppOptions } from '../app-options.ts';
import { actorOf, distributorOf } from '../auth.ts';
import { fail, orFail } from '../refusal-error.ts';
import { serve } from '../serve.ts';
import { wireAlert, wireStanding } from '../wire-stock.ts';

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
