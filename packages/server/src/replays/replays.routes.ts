import { OPERATOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import type { AppOptions } from '../app-options.ts';
import { DAY_MS, span } from '../http/dates.ts';
import { fail, orFail } from '../http/refusal-error.ts';
import { serve } from '../http/serve.ts';
import { readTrial } from './read-trial.ts';
import { replaySales } from './replay-sales.ts';
import { wireReplay } from './replays.wire.ts';

const USUAL_DAYS = 30;
const MOST_DAYS = 366;

/** Serves how past sales would have fared under other routes. */
export async function replayRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, OPERATOR_OPERATIONS.replaySales, async ({ query, body }, _request, reply) => {
    const { from: first, to, distributor: distributor_id = null, world = 'live' } = query;
    const before = to === undefined ? ctx.now() : span(to, 'to').before;
    const from = first === undefined ? new Date(before.getTime() - USUAL_DAYS * DAY_MS) : span(first, 'from').from;
    if (from >= before) fail('invalid_query_parameter', { field: 'from', detail: 'it is not before to' });
    if (before.getTime() - from.getTime() > MOST_DAYS * DAY_MS) {
      fail('invalid_query_parameter', { field: 'from', detail: `${MOST_DAYS} days are replayed at most` });
    }
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const trial = orFail(await readTrial(db, body));
    return wireReplay(orFail(await replaySales(ctx, { world, distributor_id, from, before }, trial, gone.signal)));
  });
}
