import type { TravelB2B } from '../../index.ts';
import type { LineOutcome } from './line.ts';
import { foundOutcome } from './outcome.ts';
import type { Register } from './register.ts';

/** Reading the list of all sales asks less of the server than looking up each line, unless it is so much longer. */
const LONGER = 20;
const PAGE = 1_000;

/**
 * Finds what was sold before of a file that has no register: it may be new, or its register may have been lost. Where
 * there are too many sales to read them all, each line will be looked up before it is sent.
 */
export async function findEarlier(
  register: Register,
  client: TravelB2B,
  signal: AbortSignal,
  onProgress: (read: number) => void,
): Promise<void> {
  const lines = register.counts.new;
  const sales = await client.transactions.count({}, { signal });
  if (sales > lines * LONGER) return register.endSearch(false);
  const found = new Map<string, LineOutcome>();
  let read = 0;
  const all = client.operations.each('getDistributorTransactionList', { query: { limit: PAGE } }, { signal });
  for await (const transaction of all) {
    read++;
    if (read % PAGE === 0) onProgress(read);
    const { user_id } = transaction;
    const line = user_id === undefined ? null : register.find(user_id);
    if (!line) continue;
    const outcome = foundOutcome(transaction, line);
    if (isBetter(outcome, found.get(line.reference))) found.set(line.reference, outcome);
  }
  for (const [reference, outcome] of found) {
    const line = register.find(reference);
    if (line) register.record(line, outcome);
  }
  register.endSearch(true);
}

/** Best news first: of several transactions of one order, the one that has come furthest is its outcome. */
const NEWS: readonly LineOutcome['state'][] = ['ok', 'pending', 'refused'];
const isBetter = ({ state }: LineOutcome, than: LineOutcome | undefined): boolean =>
  !than || NEWS.indexOf(state) < NEWS.indexOf(than.state);
