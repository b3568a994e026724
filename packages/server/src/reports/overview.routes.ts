import {
  DISTRIBUTOR_OPERATIONS,
  OPERATOR_OPERATIONS,
  type Overview,
  type OverviewQuery,
  type OverviewTable,
} from '@opentopup/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { distributorOf } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import { sendSheet, sheetFormOf } from '../http/answer-sheet.ts';
import { span } from '../http/dates.ts';
import { fail } from '../http/refusal-error.ts';
import { serve } from '../http/serve.ts';
import { comparedOf, type OverviewStep, type Period, wholeHours } from './overview.rules.ts';
import { wireOverview } from './overview.wire.ts';
import type { Whose } from './overview-rows.query.ts';
import { overviewSheet } from './overview-sheet.ts';
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

/** Answers with an overview, or with one table of it as a sheet. */
async function answerOverview(
  { ctx, reports }: AppOptions,
  whose: Whose,
  query: OverviewQuery & { table?: OverviewTable; for?: 'excel' },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Overview | FastifyReply> {
  const { table = 'offers', for: reader, ...asked } = query;
  const form = sheetFormOf(request, reader, table);
  const now = ctx.now();
  const shown = await readOverview(reports, now, { whose, ...overviewSpanOf(asked, now) });
  const overview = wireOverview(shown, form ? shown.offers.length : undefined);
  return form ? sendSheet(reply, overviewSheet(overview, table, form), form, `overview-${table}`) : overview;
}

/** Serves how a distributor's sales went. */
export async function overviewRoute(app: FastifyInstance, options: AppOptions): Promise<void> {
  serve(app, DISTRIBUTOR_OPERATIONS.getOverview, ({ query }, request, reply) =>
    answerOverview(options, { distributor_id: distributorOf(request) }, query, request, reply),
  );
}

/** Serves how the sales of all distributors went, or of one. */
export async function overviewOfAllRoute(app: FastifyInstance, options: AppOptions): Promise<void> {
  serve(
    app,
    OPERATOR_OPERATIONS.getOverviewOfAll,
    ({ query: { distributor, world = 'live', ...query } }, request, reply) =>
      answerOverview(
        options,
        distributor === undefined ? { world } : { distributor_id: distributor },
        query,
        request,
        reply,
      ),
  );
}
