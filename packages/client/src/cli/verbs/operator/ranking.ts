import type { RankedSales } from '@opentopup/contract';
import { RANKED_BY, RANKED_IN } from '@opentopup/contract/reports/ranked';
import type { Command } from 'commander';
import type { Cli } from '../../cli.ts';
import type { Column } from '../../output/column.ts';
import { chosenSheetForm, type SheetOptions, withSheetOptions } from '../sheet-options.ts';
import { first, oneOf, whole, withExamples } from '../verb.ts';

const SHOWN = 20;
/** It reads every sale of the time. */
const PATIENCE_MS = 900_000;

interface Options extends SheetOptions {
  by: (typeof RANKED_BY)[number];
  order: (typeof RANKED_IN)[number];
  from?: string;
  to?: string;
  distributor?: string;
  limit: number;
}

const currency = ({ value }: RankedSales): string => value.currency;

const COLUMNS: Column<RankedSales>[] = [
  { name: 'name', kind: 'text', of: ({ name }) => name },
  { name: 'distributor', kind: 'text', of: ({ distributor_name }) => distributor_name },
  { name: 'sold', kind: 'count', of: ({ sold }) => sold },
  { name: 'value', kind: 'money', of: ({ value }) => value.amount, currency },
  { name: 'margin', kind: 'money', of: ({ margin }) => margin?.amount, currency },
  { name: 'currency', kind: 'text', of: currency },
  { name: 'unpriced', kind: 'count', of: ({ without_cost }) => without_cost },
  { name: 'id', kind: 'id', of: ({ id }) => id },
];

/** Defines `ranking`: who and what has sold most. */
export function defineRanking(program: Command, cli: Cli): void {
  const { t } = cli;
  const ranking = program
    .command('ranking')
    .description(t.ranking.about)
    .addOption(oneOf('--by <what>', t.ranking.by, RANKED_BY).default('distributor'))
    .addOption(oneOf('--order <measure>', t.ranking.order, RANKED_IN).default('value'))
    .option('--from <date>', t.options.from)
    .option('--to <date>', t.options.to)
    .option('--distributor <id>', t.options.distributor)
    .option('--limit <number>', t.options.limit, whole(cli, 1), SHOWN)
    .action(
      cli.run(async (session, options: Options) => {
        const { by, order, from, to, distributor, limit } = options;
        const query = {
          by,
          order,
          ...(from !== undefined && { from }),
          ...(to !== undefined && { to }),
          ...(distributor !== undefined && { distributor }),
        };
        const rows = first(session.operator({ timeout_ms: PATIENCE_MS }).ranking(query, session), limit);
        const form = chosenSheetForm(options, session.locale, 'ranking');
        await (form ? session.out.sheet(rows, COLUMNS, form) : session.out.list(rows, COLUMNS));
      }),
    );
  withSheetOptions(ranking, cli);
  withExamples(
    ranking,
    cli,
    'opentopup ranking --by offer --order margin',
    'opentopup ranking --by seller --from 2026-11-01 --to 2026-11-30 --limit 1000 --xlsx > november.xlsx',
  );
}
