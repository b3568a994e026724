import { DISTRIBUTOR_OPERATIONS, OPERATOR_OPERATIONS, type OverviewQuery } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { distributorOf } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import { span } from '../http/dates.ts';
import { fail } from '../http/refusal-error.ts';
import { serve } from '../http/serve.ts';
import { comparedOf, type OverviewStep, type Period, wholeHours } from './overview.rules.ts';
import { wireOverview } from './overview.wire.ts';
import { readOverview } from './read-overview.ts';

const DAY_MS = 86_400_000;
const USUAL_DAYS = 30;
/** How many days are shown by the hour at most, unless asked otherwise. */
const BY_THE_HOUR_DAYS = 2;
const MOST_DAYS: Readonly<Record<OverviewStep, number>> = { hour: 7, day: 366 };

/** Reads the period that an overview is asked of, in whole hours, what of it is compared, and with what. */
function overviewSpanOf(
  { from, to, step: told }: OverviewQuery,
  now: Date,
): { period: Period; compared: Period; previous: Period; step: OverviewStep } {
  const before = to === undefined ? now : span(to, 'to').before;
  const usual = (): Date => new Date(wholeHours({ from: before, before }).before.getTime() - USUAL_DAYS * DAY_MS);
  const begin = from === undefined ? usual() : span(from, 'from').from;
  if (begin >= before) fail('invalid_query_parameter', { field: 'from', detail: 'it is not before to' });
  const days = (before.getTime() - begin.getTime()) / DAY_MS;
  const step = told ?? (days <= BY_THE_HOUR_DAYS ? 'hour' : 'day');
  if (days > MOST_DAYS[step]) {
    const detail = `by the ${step}, ${MOST_DAYS[step]} days are shown at most`;
    fail('invalid_query_parameter', { field: step === 'hour' ? 'step' : 'from', detail });
  }
  const asked = { from: begin, before };
  return { period: wholeHours(asked), ...comparedOf(asked, now), step };
}

/** Serves how a distributor's sales went. */
export async function overviewRoute(app: FastifyInstance, { ctx, reports }: AppOptions): Promise<void> {
  serve(app, DISTRIBUTOR_OPERATIONS.getOverview, async ({ query }, request) => {
    const whose = { distributor_id: distributorOf(request) };
    return wireOverview(await readOverview(reports, ctx.now(), { whose, ...overviewSpanOf(query, ctx.now()) }));
  });
}

/** Serves how the sales of all distributors went, or of one. */
export async function overviewOfAllRoute(app: FastifyInstance, { ctx, reports }: AppOptions): Promise<void> {
  serve(app, OPERATOR_OPERATIONS.getOverviewOfAll, async ({ query: { distributor, world = 'live', ...query } }) => {
    const whose = distributor === undefined ? { world } : { distributor_id: distributor };
    return wireOverview(await readOverview(reports, ctx.now(), { whose, ...overviewSpanOf(query, ctx.now()) }));
  });
}
