import { setTimeout as sleep } from 'node:timers/promises';
import { type Transaction, type TravelB2B, TravelB2BError } from '../../index.ts';
import { madeBy } from '../../order.ts';
import { type BulkLine, foundOutcome, type LineOutcome } from './bulk-line.ts';
import type { Register } from './register.ts';
import { type BulkRun, inLanes, SENT_WITHIN_MS, sellLine } from './sell-lines.ts';

const PAGE = 500;

/** Goes through the lines in this state, page by page, each once. */
function linesOf({ register }: BulkRun, state: BulkLine['state']): () => BulkLine | undefined {
  let page: BulkLine[] = [];
  let after = 0;
  return () => {
    if (page.length === 0) page = register.inState(state, after, PAGE).toReversed();
    const line = page.pop();
    after = line?.line ?? after;
    return line;
  };
}

/**
 * Finds out about the lines that may have been sold: each is looked up by its reference. One that is not found was not
 * sold, if its order cannot be on its way any more, or if the server keeps keys and would not sell it again: it is sent.
 */
export async function settleDoubts(run: BulkRun, mayWait: boolean): Promise<void> {
  const { client, register, stop } = run;
  for (;;) {
    if (register.counts.sending === 0) return;
    const keepsKeys = await client.keepsKeys({ signal: stop.stopping }).catch(() => false);
    let wait_ms = 0;
    await inLanes(run, linesOf(run, 'sending'), async (line) => {
      const left_ms = line.at_ms + SENT_WITHIN_MS + run.inFlight_ms - Date.now();
      if (await isSettled(run, line)) return;
      if (keepsKeys || left_ms <= 0) {
        register.resend(line);
        await sellLine(run, line);
      } else wait_ms = Math.max(wait_ms, left_ms);
    });
    if (wait_ms === 0 || !mayWait || stop.reason) return;
    run.waitingFor = 'answers';
    await sleep(wait_ms, undefined, { signal: stop.stopping }).catch(() => {});
    run.waitingFor = null;
  }
}

/** Looks up the sales that were still pending. */
export async function lookAtPending(run: BulkRun): Promise<void> {
  const { client, register, stop } = run;
  await inLanes(run, linesOf(run, 'pending'), async (line) => {
    await asking(run, async () => {
      const transaction = await client.transactions.get(line.transaction_id ?? '', { signal: stop.stopping });
      const outcome = foundOutcome(transaction, line);
      if (outcome.state !== 'pending') register.record(line, outcome);
    });
  });
}

/** Looks a line up. @returns whether nothing more can be done about it now: it was found, or cannot be looked for */
async function isSettled(run: BulkRun, line: BulkLine): Promise<boolean> {
  const { client, register, stop } = run;
  const { reference } = line;
  const isAnswered = await asking(run, async () => {
    const mine: Transaction[] = [];
    for await (const each of client.transactions.list({ user: reference }, { signal: stop.stopping })) {
      if (each.user_id === reference) mine.push(each);
    }
    const found = madeBy(reference, mine);
    if (found) register.record(line, foundOutcome(found, line));
  });
  return !isAnswered || line.state !== 'sending';
}

/** Asks the server. Without an answer the run stops. @returns whether there was one */
async function asking({ stop }: BulkRun, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    stop.noteAnswer();
    return true;
  } catch (error) {
    if (!(error instanceof TravelB2BError)) throw error;
    stop.now('status' in error ? 'answered' : 'unanswered', error);
    return false;
  }
}

/** Reading the list of all sales costs the server less than looking up each line, unless it is this much longer. */
const LONGER = 20;
const READ_AT_ONCE = 1_000;

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
  const all = client.operations.each('getDistributorTransactionList', { query: { limit: READ_AT_ONCE } }, { signal });
  for await (const transaction of all) {
    read++;
    if (read % READ_AT_ONCE === 0) onProgress(read);
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
