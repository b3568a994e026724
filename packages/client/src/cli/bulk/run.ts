import type { TravelB2B } from '../../index.ts';
import type { Register } from './register.ts';
import type { Stop } from './stop.ts';

/** What the selling of a file works with. */
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
  /** What is waited for, where it is something. */
  waitingFor: 'stock' | 'answers' | null;
}

/** Everything stops while the disk is written to. What is lost with the process is looked up by the next run. */
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
