import { setTimeout as sleep } from 'node:timers/promises';
import { type TravelB2B, TravelB2BError } from '../../index.ts';
import { type BulkLine, lineParameters, resultOutcome } from './bulk-line.ts';
import type { Register } from './register.ts';

/** The selling of a file, as its parts share it. */
export interface BulkRun {
  client: TravelB2B;
  register: Register;
  stop: Stop;
  /** Lines under way at the same time. */
  concurrency: number;
  /** Waits for units where there are none, instead of stopping. */
  waitStock: boolean;
  /** How long an order may be on its way to a server that keeps no keys, in milliseconds. */
  inFlight_ms: number;
  /** What the run waits for; null where it does not wait. */
  waitingFor: 'stock' | 'answers' | null;
}

/** Each write to the disk holds everything up. What is lost with the process is looked up by the next run. */
const FLUSH_EVERY_MS = 1_000;

/** Works through items, several at a time, until there are none or the run stops. */
export async function inLanes<T>(
  run: BulkRun,
  next: () => T | undefined,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const lane = async (): Promise<void> => {
    while (!run.stop.reason) {
      const item = next();
      if (item === undefined) return;
      await work(item);
    }
  };
  const timer = setInterval(() => run.register.flush(), FLUSH_EVERY_MS);
  try {
    await Promise.all(Array.from({ length: run.concurrency }, lane));
  } finally {
    clearInterval(timer);
    run.register.flush();
  }
}

/** The reason why no more lines are sent. */
export type StopReason = 'interrupted' | 'empty' | 'unanswered' | 'answered';

/** After this many lines in a row without an answer, the server is at fault and not the lines. */
const MOST_UNANSWERED = 10;
/** The time that orders under way have to end by themselves after Ctrl+C. */
const DRAIN_MS = 10_000;

/** The end of a run: no new line is sent; orders under way end by themselves, or are given up. */
export class Stop {
  reason: StopReason | null = null;
  error: TravelB2BError | null = null;
  readonly #stopping = new AbortController();
  readonly #abandoning = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #unanswered = 0;

  constructor(interrupted: AbortSignal) {
    const interrupt = (): void => this.now('interrupted');
    if (interrupted.aborted) interrupt();
    else interrupted.addEventListener('abort', interrupt, { once: true });
  }

  /** Stops the run. The first reason counts. */
  now(reason: StopReason, error: TravelB2BError | null = null): void {
    if (this.reason) return;
    this.reason = reason;
    this.error = error;
    this.#stopping.abort();
    this.#timer = setTimeout(() => this.#abandoning.abort(), DRAIN_MS).unref();
  }

  noteAnswer(): void {
    this.#unanswered = 0;
  }

  /** Notes that a line may have been sold, or not. */
  noteDoubt(error: TravelB2BError): void {
    this.#unanswered++;
    if (this.#unanswered >= MOST_UNANSWERED) this.now('unanswered', error);
  }

  /** Aborted when no new line is to be sent. */
  get stopping(): AbortSignal {
    return this.#stopping.signal;
  }

  /** Aborted when orders under way are to be given up. */
  get abandoning(): AbortSignal {
    return this.#abandoning.signal;
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

const LOOK_EVERY_MS = 5_000;
/** The longest time from the instant written down for an order until it goes out, in milliseconds. */
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

/** Lines for each lane that are written down together as being sent: one write to the disk serves them all. */
const AHEAD = 8;

/** Sends the lines that were never sent. */
export async function sellLines(run: BulkRun): Promise<void> {
  const { register, concurrency } = run;
  let taken: BulkLine[] = [];
  const next = (): BulkLine | undefined => {
    if (taken.length === 0) taken = register.take(concurrency * AHEAD).toReversed();
    return taken.pop();
  };
  try {
    await inLanes(run, next, (line) => sellLine(run, line));
  } finally {
    // These were not sent after all.
    register.putBack(taken);
  }
}
