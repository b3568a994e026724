import { sum } from '../../packages/server/src/stock/demand.rules.ts';
import { forecast } from '../../packages/server/src/stock/forecast.rules.ts';
import type { History } from './histories.ts';

const DAY_HOURS = 24;
const HOUR_MS = 3_600_000;
/** As far back as the server looks. */
const WINDOW_HOURS = 56 * DAY_HOURS;
/** Hours from one forecast to the next: no whole number of days, so that every hour of the week has its turn. */
const EVERY_HOURS = 61;
/** How long the stocks really lasted for which forecasts are asked, in days. */
const LASTING = [3, 7, 14];
/** What stands for "not within a year". */
const YEAR = 365;

export interface Score {
  asked: number;
  /** How far the median was off, and how far the plain way is: the stock divided by last week's mean. In parts of the truth. */
  error: number;
  plainError: number;
  /** How often the truth was between low and high (80 % are meant), before low, and after high (10 % each). */
  within: number;
  earlier: number;
  later: number;
  /** From low to high, in parts of the median. */
  width: number;
}

/** Goes along histories and asks for a forecast again and again, knowing only what was known then. */
export function backtest(histories: readonly History[]): Score {
  const score: Score = { asked: 0, error: 0, plainError: 0, within: 0, earlier: 0, later: 0, width: 0 };
  let truth = 0;
  let medians = 0;
  for (const { from, units, firstDay } of histories) {
    for (let at = firstDay * DAY_HOURS; at < units.length; at += EVERY_HOURS) {
      const begin = Math.max(0, at - WINDOW_HOURS);
      const known = units.slice(begin, at);
      const history = { from: new Date(from.getTime() + begin * HOUR_MS), units: known, open: known.map(() => 1) };
      const now = new Date(from.getTime() + at * HOUR_MS);
      const week = known.slice(-7 * DAY_HOURS);
      for (const days of LASTING.filter((each) => at + each * DAY_HOURS <= units.length)) {
        const stock = sum(units.slice(at, at + days * DAY_HOURS));
        const { days_of_cover, confidence } = forecast(history, stock, now);
        if (stock === 0 || confidence.level === 'none') continue;
        const real = (lastHour(units, at, stock) - 0.5) / DAY_HOURS;
        const { low, median, high } = days_of_cover;
        const plain = stock / ((sum(week) / week.length) * DAY_HOURS);
        score.asked += 1;
        truth += real;
        medians += median ?? YEAR;
        score.error += Math.abs((median ?? YEAR) - real);
        score.plainError += Math.abs(Math.min(YEAR, plain) - real);
        score.width += (high ?? YEAR) - (low ?? YEAR);
        if (real < (low ?? YEAR)) score.earlier += 1;
        else if (real > (high ?? YEAR)) score.later += 1;
        else score.within += 1;
      }
    }
  }
  const { asked, error, plainError, within, earlier, later, width } = score;
  return {
    asked,
    error: error / truth,
    plainError: plainError / truth,
    within: within / asked,
    earlier: earlier / asked,
    later: later / asked,
    width: width / medians,
  };
}

/** Counts the hours until this many units were sold. */
function lastHour(units: readonly number[], at: number, stock: number): number {
  let hours = 0;
  for (let sold = 0; sold < stock; hours += 1) sold += units[at + hours] ?? 0;
  return hours;
}
