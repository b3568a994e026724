import { setTimeout as sleep } from 'node:timers/promises';
import type { EventType, TransactionFilters } from '@opentopup/contract';
import { eventsOf } from '../../events.ts';
import { AnswerError, type Transaction, type TravelB2B, TravelB2BError } from '../../index.ts';
import type { CliMessages } from '../messages/en.ts';
import type { CliSession } from '../session.ts';
import { TRANSACTION_COLUMNS } from './transaction-columns.ts';

/** The first rows say nothing of how wide the next ones will be. */
const ROOM: Partial<Record<keyof CliMessages['titles'], number>> = { status: 10, reason: 20 };
const COLUMNS = TRANSACTION_COLUMNS.map((column) => ({ ...column, room: ROOM[column.name] ?? 0 }));

/** How often a server without events is asked. */
const EVERY_MS = 2_000;
const TYPES: EventType[] = [
  'transaction.completed',
  'transaction.failed',
  'transaction.pending',
  'transaction.resolved',
];
/** So many transactions are remembered; older ones do not change any more, as far as anybody can see here. */
const REMEMBERED = 5_000;

/** Transactions as they come, oldest first: those that are new, and those that have changed. */
class Feed {
  readonly #client: TravelB2B;
  readonly #filters: TransactionFilters;
  readonly #seen = new Map<string, Transaction['status']>();

  constructor(client: TravelB2B, filters: TransactionFilters) {
    this.#client = client;
    this.#filters = filters;
  }

  /** @param most at the first time, when there is no end to what is new */
  async next(most: number, signal: AbortSignal): Promise<Transaction[]> {
    const news: Transaction[] = [];
    const isFirst = this.#seen.size === 0;
    for await (const transaction of this.#client.transactions.list(this.#filters, { signal })) {
      if (this.#seen.has(transaction.id) || (isFirst && news.length >= most)) break;
      news.push(transaction);
    }
    const changed = await this.#changed(signal);
    for (const { id, status } of news.toReversed()) this.#remember(id, status);
    return [...changed, ...news.toReversed()];
  }

  async #changed(signal: AbortSignal): Promise<Transaction[]> {
    const open = [...this.#seen].filter(([, status]) => status === 'pending' || status === 'created');
    const changed: Transaction[] = [];
    for (const [id, status] of open) {
      const transaction = await this.#client.transactions.get(id, { signal });
      if (transaction.status === status) continue;
      this.#seen.set(id, transaction.status);
      changed.push(transaction);
    }
    return changed;
  }

  #remember(id: string, status: Transaction['status']): void {
    this.#seen.set(id, status);
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > REMEMBERED && oldest !== undefined) this.#seen.delete(oldest);
  }
}

/**
 * Waits for something new: until the server's events tell of it or, where it tells none, for a while. Events only say
 * that there is something; what, the list says, which knows all filters.
 */
type Wait = () => Promise<unknown>;

async function listen(client: TravelB2B, signal: AbortSignal): Promise<Wait> {
  const forAWhile: Wait = () => sleep(EVERY_MS, undefined, { signal }).catch(() => {});
  const events = eventsOf(client.opentopup.operations);
  let from: string | undefined;
  try {
    from = (await events.page({ order: 'newest', limit: 1 }, { signal }))[0]?.id;
  } catch (error) {
    if (error instanceof AnswerError) return forAWhile;
    throw error;
  }
  let news = Promise.withResolvers<void>();
  let isOver = false;
  const follow = async (): Promise<void> => {
    for await (const _ of events.follow({ types: TYPES, signal, ...(from !== undefined && { from }) })) news.resolve();
  };
  void follow()
    .catch(() => {})
    .finally(() => {
      isOver = true;
      news.resolve();
    });
  return async () => {
    if (isOver) return forAWhile();
    await news.promise;
    news = Promise.withResolvers();
  };
}

/** Shows transactions as they come, until Ctrl+C. Outages are waited out. */
export async function followTransactions(
  { out, signal, t }: CliSession,
  client: TravelB2B,
  filters: TransactionFilters,
  most: number,
): Promise<void> {
  const feed = new Feed(client, filters);
  const lister = out.lister(COLUMNS);
  let wait: Wait | null = null;
  let isDown = false;
  while (!signal.aborted) {
    try {
      // Before the first look: whatever comes after it is told.
      wait ??= await listen(client, signal);
      for (const transaction of await feed.next(most, signal)) lister.add(transaction);
      lister.flush();
      isDown = false;
      await wait();
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof TravelB2BError) || !error.transient) throw error;
      if (!isDown) out.warn(t.transactions.down);
      isDown = true;
      await sleep(EVERY_MS, undefined, { signal }).catch(() => {});
    }
  }
}
