import { DISTRIBUTOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { actorOf, distributorOf } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import { answerRefusal } from '../http/answers.ts';
import { serve } from '../http/serve.ts';
import { changeSettings } from './change-settings.ts';
import { findSettings } from './distributors.query.ts';

/** What a distributor has chosen for its own sales. */
export async function settingsRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, DISTRIBUTOR_OPERATIONS.getSettings, async (_, request) => findSettings(db, distributorOf(request)));

  serve(app, DISTRIBUTOR_OPERATIONS.changeSettings, async ({ body }, request, reply) => {
    const settings = await changeSettings(ctx, distributorOf(request), body, actorOf(request));
    return 'reason' in settings ? answerRefusal(request, reply, settings) : settings;
  });
}
