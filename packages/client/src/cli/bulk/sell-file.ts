import type { SheetForm } from '@opentopup/sheets';
import type { TravelB2B } from '../../index.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { explain } from '../explain.ts';
import { exitOf } from '../failure.ts';
import { ProgressLine } from '../output/live.ts';
import type { CliSession } from '../session.ts';
import { findEarlier } from './find-earlier.ts';
import { progressLine, RateMeter } from './progress.ts';
import type { Register } from './register.ts';
import type { BulkRun } from './run.ts';
import { sellLines } from './sell-lines.ts';
import { lookAtPending, settleDoubts } from './settle-doubts.ts';
import { Stop } from './stop.ts';
import { writeResults } from './write-results.ts';

const DRAW_EVERY_MS = 200;

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

/** @returns ends it */
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

/** Says how it ended, and what to do about it. */
function tellEnd({ out, t, locale }: CliSession, { register, stop }: BulkRun, results: string): ExitCode {
  const { counts } = register;
  const { number } = locale;
  out.json({
    lines: Object.values(counts).reduce((sum, each) => sum + each, 0),
    ok: counts.ok,
    refused: counts.refused,
    pending: counts.pending,
    unknown: counts.sending,
    not_sent: counts.new,
    stopped: stop.reason,
    results,
  });
  out.say(out.style(counts.ok > 0 ? 'green' : 'dim', t.bulk.sold(number(counts.ok))));
  if (counts.refused > 0) out.say(out.style('red', t.bulk.refused(number(counts.refused))));
  if (counts.pending > 0) out.say(out.style('yellow', t.bulk.pending(number(counts.pending))));
  if (counts.sending > 0) out.say(out.style('yellow', t.bulk.unknown(number(counts.sending))));
  if (counts.new > 0) out.say(t.bulk.notSent(number(counts.new)));
  out.say(t.bulk.results(results));
  if (stop.reason) out.warn(t.bulk.stopped[stop.reason](stop.error ? explain(stop.error, locale) : ''));
  if (counts.new + counts.sending + counts.pending > 0) out.note(t.bulk.again);
  return exitCode(register, stop);
}

function exitCode({ counts }: Register, { reason, error }: Stop): ExitCode {
  if (reason === 'interrupted') return EXIT.interrupted;
  if (reason === 'unanswered') return EXIT.unreachable;
  if (reason === 'answered') return exitOf(error);
  if (counts.sending + counts.pending > 0) return EXIT.pending;
  if (reason === 'empty' || counts.refused > 0) return EXIT.refused;
  return EXIT.ok;
}
