import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { type Offer, type TravelB2B, TravelB2BError } from '../../index.ts';
import type { Cli } from '../cli.ts';
import type { Column } from '../output/column.ts';
import { Picture } from '../output/live.ts';
import type { Session } from '../session.ts';
import { offerId } from './find-offer.ts';
import { countPace, type Pace } from './stock-pace.ts';
import { withExamples } from './verb.ts';

const EVERY_MS = 5_000;
/** Stock changes by the second, a pace does not. */
const PACE_EVERY_MS = 60_000;
/** Of more offers than this, the pace is told only where they are named: counting asks the server a lot. */
const MOST_COUNTED = 20;
const DAY_MS = 86_400_000;

interface Stock {
  offer: Offer;
  pace?: Pace;
}

/** Days left, or the day they end, are told up to a year. */
const LONGEST_DAYS = 365;
const daysLeft = ({ pace }: Stock): number | undefined =>
  pace && pace.days_left !== null && pace.days_left <= LONGEST_DAYS ? pace.days_left : undefined;

const COLUMNS: Column<Stock>[] = [
  { name: 'name', kind: 'text', of: ({ offer }) => offer.name },
  { name: 'stock', kind: 'count', of: ({ offer }) => offer.bucket },
  { name: 'pace_per_day', kind: 'count', of: ({ pace }) => pace && Math.round(pace.per_day * 10) / 10 },
  { name: 'sold_by_day', kind: 'trend', of: ({ pace }) => pace?.sold.join(',') },
  { name: 'days_left', kind: 'count', of: (stock) => rounded(daysLeft(stock)) },
  { name: 'empty_date', kind: 'date', of: (stock) => emptyDate(daysLeft(stock)) },
  { name: 'id', kind: 'id', of: ({ offer }) => offer.id },
];

const rounded = (days: number | undefined): number | undefined => days && Math.round(days * 10) / 10;
const emptyDate = (days: number | undefined): string | undefined =>
  days === undefined ? undefined : `${new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 19)}Z`;

/** What is in stock, how fast it sells, and when it will run out. */
export function addStock(program: Command, cli: Cli): void {
  const { t } = cli;
  const stock = program
    .command('stock')
    .description(t.stock.about)
    .argument('[offers...]', t.options.offers)
    .option('--watch', t.stock.watch)
    .action(
      cli.run(async (session, named: string[], { watch }: { watch?: true }) => {
        const source = new Source(session, named);
        if (watch) return watchStock(session, source);
        tell(session, await source.look());
      }),
    );
  withExamples(stock, cli, 'opentopup stock', "opentopup stock 'Mobile France 10 EUR' --watch");
}

/** Looks at stocks again and again; at their paces now and then. */
class Source {
  readonly #session: Session;
  readonly #client: TravelB2B;
  readonly #named: string[];
  #ids: Set<string> | undefined;
  readonly #paces = new Map<string, Pace>();
  #paced_ms = Number.NEGATIVE_INFINITY;

  constructor(session: Session, named: string[]) {
    this.#session = session;
    this.#client = session.client();
    this.#named = named;
  }

  async look(): Promise<Stock[]> {
    const offers: Offer[] = [];
    const ids = await this.#wanted();
    for await (const offer of this.#client.offers.list(this.#session)) {
      if (ids.size === 0 || ids.has(offer.id)) offers.push(offer);
    }
    await this.#pace(offers);
    return offers.map((offer) => {
      const pace = this.#paces.get(offer.id);
      return { offer, ...(pace && { pace }) };
    });
  }

  async #wanted(): Promise<Set<string>> {
    if (!this.#ids) {
      this.#ids = new Set();
      for (const name of this.#named) this.#ids.add(await offerId(this.#session, this.#client, name));
    }
    return this.#ids;
  }

  async #pace(offers: readonly Offer[]): Promise<void> {
    const now_ms = performance.now();
    if (now_ms - this.#paced_ms < PACE_EVERY_MS || (this.#named.length === 0 && offers.length > MOST_COUNTED)) return;
    this.#paced_ms = now_ms;
    for (const { id, bucket } of offers) {
      this.#paces.set(id, await countPace(this.#client, id, bucket, this.#session.signal));
    }
  }
}

function tell({ out }: Session, stocks: Stock[]): void {
  if (out.isJson) for (const { offer, pace } of stocks) out.json({ ...offer, pace });
  else if (out.isTerminal) out.say(out.table(stocks, COLUMNS).join('\n'));
  else for (const stock of stocks) out.line(stock, COLUMNS);
}

/** Until Ctrl+C. Outages are waited out, and told. */
async function watchStock(session: Session, source: Source): Promise<void> {
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
