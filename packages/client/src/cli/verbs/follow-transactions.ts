import { setTimeout as sleep } from 'node:timers/promises';
import type { TransactionFilters } from '@opentopup/contract';
import { type Transaction, type TravelB2B, TravelB2BError } from '../../index.ts';
import type { Session } from '../session.ts';
import { TRANSACTION_COLUMNS } from './transaction-columns.ts';

const EVERY_MS = 2_000;
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

/** Shows transactions as they come, until Ctrl+C. Outages are waited out. */
export async function followTransactions(
  { out, signal, t }: Session,
  client: TravelB2B,
  filters: TransactionFilters,
  most: number,
): Promise<void> {
  const feed = new Feed(client, filters);
  const lister = out.lister(TRANSACTION_COLUMNS);
  let isDown = false;
  while (!signal.aborted) {
    try {
      for (const transaction of await feed.next(most, signal)) lister.add(transaction);
      lister.flush();
      isDown = false;
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof TravelB2BError) || !error.transient) throw error;
      if (!isDown) out.warn(t.transactions.down);
      isDown = true;
    }
    await sleep(EVERY_MS, undefined, { signal }).catch(() => {});
  }
}
