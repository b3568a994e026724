import { DISTRIBUTOR_OPERATIONS, OPERATOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { actorOf, distributorOf, sandboxOf } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import { answerRefusal } from '../http/answers.ts';
import { fail, orFail } from '../http/refusal-error.ts';
import { serve } from '../http/serve.ts';
import { findDistributorDetail, findSettings, listDistributors } from './distributors.query.ts';
import { changeDistributor, changeSettings, createDistributor } from './distributors.ts';
import { wireDistributor } from './distributors.wire.ts';
import { findReceiptSettings } from './receipt-settings.query.ts';
import { setReceiptSettings } from './receipt-settings.ts';
import { findClockAhead } from './sandbox-clock.query.ts';
import { moveSandboxClock } from './sandbox-clock.ts';

/** Serves the distributors, for the operator. */
export async function distributorRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, OPERATOR_OPERATIONS.listDistributors, async ({ query }) =>
    (await listDistributors(db, query)).map(wireDistributor),
  );

  serve(app, OPERATOR_OPERATIONS.createDistributor, async ({ body }, request, reply) =>
    reply.code(201).send(wireDistributor(orFail(await createDistributor(ctx, body, actorOf(request))))),
  );

  serve(app, OPERATOR_OPERATIONS.getDistributor, async ({ params }) => {
    const distributor = await findDistributorDetail(db, params.id);
    return distributor
      ? wireDistributor(distributor)
      : fail('not_found', { detail: `distributor ${params.id} not found` });
  });

  serve(app, OPERATOR_OPERATIONS.changeDistributor, async ({ params, body }, request) =>
    wireDistributor(orFail(await changeDistributor(ctx, params.id, body, actorOf(request)))),
  );

  serve(
    app,
    OPERATOR_OPERATIONS.getDistributorSettings,
    async ({ params }) =>
      (await findSettings(db, params.id)) ?? fail('not_found', { detail: `distributor ${params.id} not found` }),
  );

  serve(app, OPERATOR_OPERATIONS.changeDistributorSettings, async ({ params, body }, request) =>
    orFail(await changeSettings(ctx, params.id, body, actorOf(request))),
  );
}

/** Serves what a distributor has chosen for its own sales. */
export async function settingsRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, DISTRIBUTOR_OPERATIONS.getSettings, async (_, request) => findSettings(db, distributorOf(request)));

  serve(app, DISTRIBUTOR_OPERATIONS.changeSettings, async ({ body }, request, reply) => {
    const settings = await changeSettings(ctx, distributorOf(request), body, actorOf(request));
    return 'reason' in settings ? answerRefusal(request, reply, settings) : settings;
  });
}

/** Serves what the receipts of a distributor say. */
export async function receiptSettingsRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, DISTRIBUTOR_OPERATIONS.getReceiptSettings, async (_, request) =>
    findReceiptSettings(db, distributorOf(request)),
  );

  serve(app, DISTRIBUTOR_OPERATIONS.setReceiptSettings, async ({ body }, request) =>
    orFail(await setReceiptSettings(ctx, distributorOf(request), body, actorOf(request))),
  );
}

/** Serves the clock of a sandbox. */
export async function sandboxClockRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, DISTRIBUTOR_OPERATIONS.getSandboxClock, async (_, request) => ({
    ahead_s: await findClockAhead(db, sandboxOf(request)),
  }));

  serve(app, DISTRIBUTOR_OPERATIONS.moveSandboxClock, async ({ body }, request) =>
    orFail(await moveSandboxClock(ctx, sandboxOf(request), body.ahead_s, actorOf(request))),
  );
}
