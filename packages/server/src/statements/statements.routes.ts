import { DISTRIBUTOR_OPERATIONS, OPERATOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { actorOf, distributorOf } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import { fail, orFail } from '../http/refusal-error.ts';
import { serve } from '../http/serve.ts';
import { closeNext } from './close-statement.ts';
import { orderClosing } from './order-closing.ts';
import { sendStatement } from './send-statement.ts';
import { setVatRate } from './set-vat-rate.ts';
import { findStatementSettings } from './statement-settings.query.ts';
import { changeStatementSettings } from './statement-settings.ts';
import { listStatements } from './statements.query.ts';
import { wireStatement, wireStatementSettings, wireVatRate } from './statements.wire.ts';
import { listVatRates } from './vat-rates.query.ts';

/** Serves the statements of a distributor. */
export async function statementRoutes(app: FastifyInstance, options: AppOptions): Promise<void> {
  const { ctx, db } = options;
  serve(app, DISTRIBUTOR_OPERATIONS.listOwnStatements, async ({ query }, request) =>
    (await listStatements(db, distributorOf(request), query)).map(wireStatement),
  );

  serve(app, DISTRIBUTOR_OPERATIONS.getOwnStatement, ({ params, query }, request, reply) =>
    sendStatement(options, { ...params, ...query, distributor_id: distributorOf(request) }, request, reply),
  );

  serve(app, DISTRIBUTOR_OPERATIONS.getStatementSettings, async (_, request) => {
    const id = distributorOf(request);
    return wireStatementSettings((await findStatementSettings(db, id)) ?? fail('not_found', distributorNotFound(id)));
  });

  serve(app, DISTRIBUTOR_OPERATIONS.changeStatementSettings, async ({ body }, request) =>
    wireStatementSettings(orFail(await changeStatementSettings(ctx, distributorOf(request), body, actorOf(request)))),
  );
}

const distributorNotFound = (id: string) => ({ detail: `distributor ${id} not found` });

/** Serves the statements of all distributors, and what they are made by. */
export async function allStatementRoutes(app: FastifyInstance, options: AppOptions): Promise<void> {
  const { ctx, db } = options;
  serve(app, OPERATOR_OPERATIONS.listStatements, async ({ query: { distributor = null, ...page } }) =>
    (await listStatements(db, distributor, page)).map(wireStatement),
  );

  serve(app, OPERATOR_OPERATIONS.closeStatement, async ({ body }, request, reply) => {
    const { statement, isClosed } = orFail(await orderClosing(ctx, body, actorOf(request)));
    if (!isClosed) ctx.background(closeNext(ctx).then(() => {}));
    return reply.code(isClosed ? 200 : 202).send(wireStatement(statement));
  });

  serve(app, OPERATOR_OPERATIONS.getStatement, ({ params, query }, request, reply) =>
    sendStatement(options, { ...params, ...query, distributor_id: null }, request, reply),
  );

  serve(app, OPERATOR_OPERATIONS.getDistributorStatementSettings, async ({ params }) =>
    wireStatementSettings(
      (await findStatementSettings(db, params.id)) ?? fail('not_found', distributorNotFound(params.id)),
    ),
  );

  serve(app, OPERATOR_OPERATIONS.changeDistributorStatementSettings, async ({ params, body }, request) =>
    wireStatementSettings(orFail(await changeStatementSettings(ctx, params.id, body, actorOf(request)))),
  );

  serve(app, OPERATOR_OPERATIONS.listVatRates, async ({ params, query }) => {
    const rates = await listVatRates(db, params.id, query);
    return rates?.map(wireVatRate) ?? fail('not_found', { detail: `product ${params.id} not found` });
  });

  serve(app, OPERATOR_OPERATIONS.setVatRate, async ({ params, body }, request, reply) =>
    reply.code(201).send(wireVatRate(orFail(await setVatRate(ctx, params.id, body, actorOf(request))))),
  );
}
