import { setTimeout as sleep } from 'node:timers/promises';
import { TravelB2BError } from '../../index.ts';
import { type BulkLine, lineParameters } from './line.ts';
import { resultOutcome } from './outcome.ts';
import type { BulkRun } from './run.ts';

const LOOK_EVERY_MS = 5_000;
/** An order goes out at most so long after the instant that is written down for it, in milliseconds. */
export const SENT_WITHIN_MS = 1_000;

/**
 * Sends a line that is certain not to have been sold, and is written down as being sent. If afterwards it may have been
 * sold, it stays so; if it certainly was not, it is put back and the run stops.
 */
export async function sellLine(run: BulkRun, line: BulkLine): Promise<void> {
  const { client, register, stop } = run;
  const { offer_id, reference } = line;
  const order = { offer_id, parameters: lineParameters(line), reference };
  try {
    for (;;) {
      if (Date.now() - line.at_ms > SENT_WITHIN_MS) register.resend(line);
      const result = await client.topups.create(order, { isNew: true, signal: stop.abandoning });
      stop.noteAnswer();
      if (result.status !== 'refused' || result.reason !== 'bucket_empty') {
        register.record(line, resultOutcome(result));
        return;
      }
      if (!run.waitStock || !(await isStocked(run, offer_id))) break;
    }
    register.putBack([line]);
    stop.now('empty');
  } catch (error) {
    if (!(error instanceof TravelB2BError)) throw error;
    if (error.sale !== 'cannot_have_happened') {
      stop.noteDoubt(error);
      return;
    }
    register.putBack([line]);
    stop.now('status' in error ? 'answered' : 'unanswered', error);
  }
}

/** Waits until an offer has units. @returns false where the run stops before */
async function isStocked(run: BulkRun, offer_id: string): Promise<boolean> {
  const { client, stop } = run;
  run.waitingFor = 'stock';
  try {
    while (!stop.reason) {
      await sleep(LOOK_EVERY_MS, undefined, { signal: stop.stopping }).catch(() => {});
      if (stop.reason) break;
      const { bucket } = await client.offers.get(offer_id, { signal: stop.stopping });
      if (bucket > 0) return true;
    }
    return false;
  } finally {
    run.waitingFor = null;
  }
}
