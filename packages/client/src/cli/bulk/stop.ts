import type { TravelB2BError } from '../../index.ts';

/** Why no more lines are sent. */
export type StopReason = 'interrupted' | 'empty' | 'unanswered' | 'answered';

/** So many lines in a row without an answer: it is not the lines. */
const MOST_UNANSWERED = 10;
/** How long what is under way may take to end by itself, after Ctrl+C. */
const DRAIN_MS = 10_000;

/** Ends a run: no new line is sent; what is under way ends by itself, or is given up. */
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

  /** The first reason counts. */
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

  /** A line may have been sold, or not. */
  noteDoubt(error: TravelB2BError): void {
    this.#unanswered++;
    if (this.#unanswered >= MOST_UNANSWERED) this.now('unanswered', error);
  }

  /** No new line is sent. */
  get stopping(): AbortSignal {
    return this.#stopping.signal;
  }

  /** What is under way is given up. */
  get abandoning(): AbortSignal {
    return this.#abandoning.signal;
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
