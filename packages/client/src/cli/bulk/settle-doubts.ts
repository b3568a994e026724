import { setTimeout as sleep } from 'node:timers/promises';
import { type Transaction, TravelB2BError } from '../../index.ts';
import { madeBy } from '../../order.ts';
import type { BulkLine } from './line.ts';
import { foundOutcome } from './outcome.ts';
import { type BulkRun, inLanes } from './run.ts';
import { SENT_WITHIN_MS, sellLine } from './sell-line.ts';

const PAGE = 500;

/** The lines in this state, page by page, each once. */
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

/** Looks at the sales of which nobody knew yet what became of them. */
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

/** @returns whether there is nothing more to be done about a line for now: it was found, or cannot be looked for */
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

/** Asks the server something. Where there is no answer, the run stops. @returns whether there was one */
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
