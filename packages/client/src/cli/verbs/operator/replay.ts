import { writeFileSync } from 'node:fs';
import type { Replay, ReplayCreation, ReplayFigures } from '@opentopup/contract';
import type { Command } from 'commander';
import type { Cli } from '../../cli.ts';
import { Misuse } from '../../misuse.ts';
import type { Column } from '../../output/column.ts';
import { sparkline } from '../../output/sparkline.ts';
import { svgBars } from '../../output/svg-bars.ts';
import type { CliSession } from '../../session.ts';
import { readBytes } from '../keys.ts';
import { chosenSheetForm, type SheetOptions, streamed, withSheetOptions } from '../sheet-options.ts';
import { oneOf, withExamples } from '../verb.ts';

/** It reads every sale of the time, twice. */
const PATIENCE_MS = 3_600_000;

const PARTS = ['offers', 'suppliers', 'days'] as const;

interface ReplayOptions extends SheetOptions {
  from?: string;
  to?: string;
  routes?: string;
  distributor?: string;
  by: (typeof PARTS)[number];
  plot?: string;
}

interface Both {
  actual: ReplayFigures;
  estimate: ReplayFigures;
}

/** What was replayed, in one currency; the counts stand with the first one only. */
interface ReplayRow extends Partial<Both> {
  name: string;
  id?: string;
  currency: string;
  cost: number | undefined;
  cost_estimate: number | undefined;
}

const currency = (row: ReplayRow): string => row.currency;

const COLUMNS: Column<ReplayRow>[] = [
  { name: 'name', kind: 'text', of: ({ name }) => name },
  { name: 'orders', kind: 'count', of: ({ actual }) => actual?.orders },
  { name: 'ok', kind: 'count', of: ({ actual }) => actual?.ok },
  { name: 'ok_estimate', kind: 'count', of: ({ estimate }) => estimate?.ok },
  { name: 'ko', kind: 'count', of: ({ actual }) => actual?.ko },
  { name: 'ko_estimate', kind: 'count', of: ({ estimate }) => estimate?.ko },
  { name: 'cost', kind: 'money', of: ({ cost }) => cost, currency },
  { name: 'cost_estimate', kind: 'money', of: ({ cost_estimate }) => cost_estimate, currency },
  { name: 'currency', kind: 'text', of: currency },
  { name: 'not_known', kind: 'count', of: ({ estimate }) => estimate?.not_known },
  { name: 'unpriced', kind: 'count', of: ({ actual }) => actual?.unpriced },
  { name: 'unpriced_estimate', kind: 'count', of: ({ estimate }) => estimate?.unpriced },
  { name: 'answer_ms', kind: 'count', of: ({ actual }) => actual?.answer_ms },
  { name: 'answer_ms_estimate', kind: 'count', of: ({ estimate }) => estimate?.answer_ms },
  { name: 'id', kind: 'id', of: ({ id }) => id },
];

/** Defines `replay`: how past sales would have gone under other routes or costs. */
export function defineReplay(program: Command, cli: Cli): void {
  const { t } = cli;
  const replay = program
    .command('replay')
    .description(t.replay.about)
    .option('--from <date>', t.options.from)
    .option('--to <date>', t.options.to)
    .option('--routes <file>', t.replay.routes)
    .option('--distributor <id>', t.options.distributor)
    .addOption(oneOf('--by <part>', t.replay.by, PARTS).default('offers'))
    .option('--plot <file>', t.replay.plot)
    .action(
      cli.run(async (session, options: ReplayOptions) => {
        const { routes, from, to, distributor } = options;
        const query = {
          ...(from !== undefined && { from }),
          ...(to !== undefined && { to }),
          ...(distributor !== undefined && { distributor }),
        };
        const body = routes === undefined ? {} : readTrialFile(session, routes);
        const found = await session.operator({ timeout_ms: PATIENCE_MS }).replay(body, query, session);
        if (options.plot !== undefined) writeFileSync(options.plot, plotOf(session, found));
        await tell(session, found, options);
      }),
    );
  withSheetOptions(replay, cli);
  withExamples(
    replay,
    cli,
    'opentopup replay --from 2026-10-01 --to 2026-10-31 --routes cheapest.json',
    'opentopup replay --from 2026-10-01 --to 2026-10-31 --routes cheapest.json --by days --plot october.svg',
    'opentopup replay --routes cheapest.json --by suppliers --xlsx > october.xlsx',
  );
}

/** Reads what is to be tried: `{"routes": […], "prices": […]}`, as the API takes it. */
function readTrialFile(session: CliSession, file: string): ReplayCreation {
  try {
    return JSON.parse(new TextDecoder().decode(readBytes(session, file))) as ReplayCreation;
  } catch (error) {
    if (error instanceof SyntaxError) throw new Misuse(session.t.replay.noJson(file));
    throw error;
  }
}

async function tell(session: CliSession, found: Replay, options: ReplayOptions): Promise<void> {
  const { out, t, locale } = session;
  const rows = [...rowsOf(t.replay.total, found.totals), ...partsOf(found, options.by)];
  const form = chosenSheetForm(options, locale, 'replay');
  if (form) return out.sheet(streamed(rows), COLUMNS, form);
  if (out.isJson) return out.json(found);
  await out.list(rows, COLUMNS);
  if (!out.isTerminal) return;
  const { nothing, ...evidence } = found.evidence;
  const attempts = Object.values(evidence).reduce((sum, each) => sum + each, nothing);
  const share = (count: number): string => locale.number(attempts > 0 ? (count / attempts) * 100 : 0);
  const days = (of: (both: Both) => number): string => sparkline(found.days.map(of));
  out.say();
  out.say(`${t.replay.failedByDay}  ${days(({ actual }) => actual.ko)}  ${t.replay.actual}`);
  out.say(`${t.replay.failedByDay}  ${days(({ estimate }) => estimate.ko)}  ${t.replay.estimate}`);
  out.say();
  out.say(t.replay.method);
  out.say(
    t.replay.sample(
      locale.number(found.totals.actual.orders),
      share(evidence.offer_hour),
      share(evidence.product_hour + evidence.supplier_hour),
      share(evidence.product + evidence.supplier),
      share(nothing),
    ),
  );
}

function partsOf(found: Replay, by: ReplayOptions['by']): ReplayRow[] {
  switch (by) {
    case 'offers':
      return found.offers.flatMap((each) =>
        rowsOf(`${each.offer_name}, ${each.distributor_name}`, each, each.offer_id),
      );
    case 'suppliers':
      return found.suppliers.flatMap((each) => rowsOf(each.supplier_name, each, each.supplier_id));
    case 'days':
      return found.days.flatMap((each) => rowsOf(each.date.slice(0, 10), each));
  }
}

function rowsOf(name: string, { actual, estimate }: Both, id?: string): ReplayRow[] {
  const amounts = (figures: ReplayFigures) => new Map(figures.cost.map((each) => [each.currency, each.amount]));
  const [was, would] = [amounts(actual), amounts(estimate)];
  const [first = '', ...others] = new Set([...was.keys(), ...would.keys()]);
  const row = (code: string): ReplayRow => ({
    name,
    ...(id !== undefined && { id }),
    currency: code,
    cost: was.get(code),
    cost_estimate: would.get(code),
  });
  return [{ ...row(first), actual, estimate }, ...others.map(row)];
}

function plotOf({ t, locale }: CliSession, { days, totals, from, to }: Replay): string {
  const [main] = [...totals.actual.cost, ...totals.estimate.cost];
  const costOf = ({ cost }: ReplayFigures): number =>
    cost.find((each) => each.currency === main?.currency)?.amount ?? 0;
  const series = (of: (figures: ReplayFigures) => number) => [
    { name: t.replay.actual, values: days.map(({ actual }) => of(actual)) },
    { name: t.replay.estimate, values: days.map(({ estimate }) => of(estimate)) },
  ];
  return svgBars(
    days.map(({ date }) => date.slice(0, 10)),
    [
      { title: t.replay.failedByDay, series: series(({ ko }) => ko), write: locale.number },
      { title: t.titles.cost, series: series(costOf), write: (value) => locale.money(value, main?.currency ?? 'EUR') },
    ],
    `${from.slice(0, 10)} – ${to.slice(0, 10)}. ${t.replay.method}`,
  );
}
