import type { SheetForm } from '@opentopup/sheets';
import type { TravelB2B } from '../../index.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Locale } from '../locale.ts';
import { ProgressLine } from '../output/live.ts';
import type { CliSession } from '../session.ts';
import type { LineState } from './bulk-line.ts';
import type { Register } from './register.ts';
import { tellEnd, writeResults } from './report.ts';
import { type BulkRun, Stop, sellLines } from './sell-lines.ts';
import { findEarlier, lookAtPending, settleDoubts } from './settle-doubts.ts';

const DRAW_EVERY_MS = 200;

/** The choices for a run. */
interface Options {
  concurrency: number;
  /** Seconds. */
  inFlight: number;
  waitStock?: true;
  /** Where the results are written, and as what. */
  results: string;
  form: SheetForm;
}

/** Sells what is left of a file, until it is all sold or something stops it. */
export async function sellFile(
  session: CliSession,
  client: TravelB2B,
  register: Register,
  options: Options,
): Promise<ExitCode> {
  const stop = new Stop(session.signal);
  const run: BulkRun = {
    client,
    register,
    stop,
    concurrency: options.concurrency,
    waitStock: options.waitStock === true,
    inFlight_ms: options.inFlight * 1_000,
    waitingFor: null,
  };
  if (!register.source?.searched) await search(session, run);
  const endProgress = showProgress(session, run);
  try {
    await lookAtPending(run);
    await settleDoubts(run, false);
    await sellLines(run);
    await settleDoubts(run, true);
    await lookAtPending(run);
  } finally {
    endProgress();
    stop.end();
  }
  await writeResults(register, options.results, options.form);
  return tellEnd(session, run, options.results);
}

async function search({ io, out, t, locale }: CliSession, { register, client, stop }: BulkRun): Promise<void> {
  const line = new ProgressLine(io, out);
  try {
    await findEarlier(register, client, stop.stopping, (read) => line.draw(t.bulk.searching(locale.number(read))));
  } finally {
    line.clear();
  }
  const { ok, refused, pending, sending } = register.counts;
  if (ok + refused + pending > 0) out.warn(t.bulk.soldBefore(locale.number(ok + refused + pending)));
  if (sending > 0) out.note(t.bulk.lookedUp);
}

/** Shows the progress of a run. @returns what ends that */
function showProgress({ io, out, t, locale }: CliSession, run: BulkRun): () => void {
  const { register, stop } = run;
  const line = new ProgressLine(io, out);
  const pace = new RateMeter();
  const draw = (): void => {
    const { counts } = register;
    pace.note(counts.ok + counts.refused + counts.pending, performance.now());
    line.draw(progressLine({ counts, perSecond: pace.perSecond, waitingFor: run.waitingFor }, locale, line.width));
  };
  draw();
  const timer = setInterval(draw, DRAW_EVERY_MS);
  const tell = (): void => {
    line.clear();
    if (stop.reason === 'interrupted') out.warn(t.bulk.stopping);
  };
  stop.stopping.addEventListener('abort', tell, { once: true });
  return () => {
    clearInterval(timer);
    line.clear();
  };
}

/** The rate is that of the last seconds: before, the server may have been faster or slower. */
const WINDOW_MS = 15_000;
const BAR_WIDTH = 30;
const NARROWEST_BAR = 8;

/** The rate at which something goes. */
export class RateMeter {
  readonly #marks: { at_ms: number; done: number }[] = [];

  /** Notes the progress so far. */
  note(done: number, at_ms: number): void {
    this.#marks.push({ at_ms, done });
    while (this.#marks.length > 2 && at_ms - (this.#marks[1]?.at_ms ?? 0) >= WINDOW_MS) this.#marks.shift();
  }

  get perSecond(): number {
    const [first] = this.#marks;
    const last = this.#marks.at(-1);
    if (!first || !last || last.at_ms === first.at_ms) return 0;
    return ((last.done - first.done) * 1_000) / (last.at_ms - first.at_ms);
  }
}

/** The progress of a run. */
export interface RunProgress {
  counts: Readonly<Record<LineState, number>>;
  perSecond: number;
  waitingFor: 'stock' | 'answers' | null;
}

/** Writes the progress of a run in one line: as much as fits. */
export function progressLine(
  { counts, perSecond, waitingFor }: RunProgress,
  { t, number, duration }: Locale,
  width: number,
): string {
  const { ok, refused, pending } = counts;
  const done = ok + refused + pending;
  const lines = done + counts.new + counts.sending;
  const share = lines === 0 ? 1 : done / lines;
  const parts = [
    `${number(Math.floor(share * 100))} %`,
    `${number(done)}/${number(lines)}`,
    ...(waitingFor ? [t.bulk.waiting[waitingFor]] : []),
    ...(perSecond > 0 && !waitingFor ? [t.bulk.rate(number(perSecond < 10 ? perSecond : Math.round(perSecond)))] : []),
    ...(perSecond > 0 && !waitingFor ? [t.bulk.left(duration((lines - done) / perSecond))] : []),
    ...(refused > 0 ? [t.bulk.refused(number(refused))] : []),
    ...(pending > 0 ? [t.bulk.pending(number(pending))] : []),
  ];
  const words = [...parts];
  const taken = (): number => words.join(' · ').length;
  while (words.length > 2 && taken() + NARROWEST_BAR + 2 > width) words.pop();
  const bar = Math.min(BAR_WIDTH, width - taken() - 2);
  if (bar < NARROWEST_BAR) return words.join(' · ');
  const full = Math.round(share * bar);
  return `${'━'.repeat(full)}${'─'.repeat(bar - full)}  ${words.join(' · ')}`;
}
