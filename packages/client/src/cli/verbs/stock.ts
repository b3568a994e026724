import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { TravelB2BError } from '../../index.ts';
import type { Cli } from '../cli.ts';
import type { Column } from '../output/column.ts';
import { Picture } from '../output/live.ts';
import type { CliSession } from '../session.ts';
import { StockSource, type WatchedStock } from './stock-source.ts';
import { withExamples } from './verb.ts';

const EVERY_MS = 5_000;
const DAY_MS = 86_400_000;

/** The longest time that is shown: forecasts look no further ahead either. */
const LONGEST_DAYS = 365;
const daysLeft = ({ pace }: WatchedStock): number | undefined =>
  pace && pace.days_left !== null && pace.days_left <= LONGEST_DAYS ? pace.days_left : undefined;

const COLUMNS: Column<WatchedStock>[] = [
  { name: 'name', kind: 'text', of: ({ offer }) => offer.name },
  { name: 'stock', kind: 'count', of: ({ offer }) => offer.bucket },
  { name: 'level', kind: 'level', of: ({ standing }) => standing?.level },
  { name: 'pace_per_day', kind: 'count', of: ({ pace }) => rounded(pace?.per_day) },
  { name: 'sold_by_day', kind: 'trend', of: ({ pace }) => pace?.sold.join(',') },
  { name: 'days_left', kind: 'count', of: (stock) => rounded(daysLeft(stock)) },
  { name: 'empty_date', kind: 'date', of: emptyDate },
  { name: 'id', kind: 'id', of: ({ offer }) => offer.id },
];

const rounded = (days: number | undefined): number | undefined => days && Math.round(days * 10) / 10;

/** Gives the instant at which a stock runs out, as the forecast says it; without a forecast, counted from now. */
function emptyDate(stock: WatchedStock): string | undefined {
  const { forecast } = stock.pace ?? {};
  if (forecast) return forecast.empty_at.median ?? undefined;
  const days = daysLeft(stock);
  return days === undefined ? undefined : `${new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 19)}Z`;
}

/** Defines `stock`: what is in stock, how fast it sells, and when it will run out. */
export function defineStock(program: Command, cli: Cli): void {
  const { t } = cli;
  const stock = program
    .command('stock')
    .description(t.stock.about)
    .argument('[offers...]', t.options.offers)
    .option('--watch', t.stock.watch)
    .action(
      cli.run(async (session, named: string[], { watch }: { watch?: true }) => {
        const source = new StockSource(session, named);
        if (watch) return watchStock(session, source);
        tell(session, await source.look());
      }),
    );
  withExamples(stock, cli, 'opentopup stock', "opentopup stock 'Mobile France 10 EUR' --watch");
}

function tell({ out }: CliSession, stocks: WatchedStock[]): void {
  if (out.isJson) for (const { offer, ...told } of stocks) out.json({ ...offer, ...told });
  else if (out.isTerminal) out.say(out.table(stocks, COLUMNS).join('\n'));
  else for (const stock of stocks) out.line(stock, COLUMNS);
}

/** Shows stocks until Ctrl+C. Outages are waited out, and reported. */
async function watchStock(session: CliSession, source: StockSource): Promise<void> {
  const { out, signal, t, locale } = session;
  const picture = new Picture(out);
  while (!signal.aborted) {
    try {
      const stocks = await source.look();
      if (out.isTerminal) {
        const now = out.style('dim', t.stock.asOf(locale.time(new Date())));
        picture.draw([now, ...out.table(stocks, COLUMNS)]);
      } else tell(session, stocks);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof TravelB2BError) || !error.transient) throw error;
      out.warn(t.transactions.down);
    }
    await sleep(EVERY_MS, undefined, { signal }).catch(() => {});
  }
}
