import type { BulkLine } from './line.ts';
import { type BulkRun, inLanes } from './run.ts';
import { sellLine } from './sell-line.ts';

/** So many lines for each lane are written down as being sent at once: one write to the disk serves them all. */
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
