import type { Locale } from '../locale.ts';
import type { LineState } from './line.ts';

/** The rate is that of the last seconds: what was before may have been another server. */
const WINDOW_MS = 15_000;
const BAR_WIDTH = 30;
const NARROWEST_BAR = 8;

/** How fast something goes, and how long it will take. */
export class RateMeter {
  readonly #marks: { at_ms: number; done: number }[] = [];

  /** Notes how far it is now. */
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

/** How far a run is. */
export interface RunProgress {
  counts: Readonly<Record<LineState, number>>;
  perSecond: number;
  waitingFor: 'stock' | 'answers' | null;
}

/** One line that tells how far a run is: as much of it as fits. */
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
