const DAY_MS = 86_400_000;

/** How a time zone's clocks stand at an instant, as if that was UTC. */
function wallOf(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant);
  const {
    year = 0,
    month = 1,
    day = 1,
    hour = 0,
    minute = 0,
    second = 0,
  } = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** Returns true for the name of a time zone, as in `Europe/Paris`. */
export function isZone(timeZone: string): boolean {
  try {
    wallOf(0, timeZone);
    return true;
  } catch {
    return false;
  }
}

/** Gives the day, as in `2026-11-30`, that it is in a time zone. */
export const dayIn = (timeZone: string, instant: number): string =>
  new Date(wallOf(instant, timeZone)).toISOString().slice(0, 10);

const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));

/** Gives the first and the last day that an address says, or today in place of what is no day. */
export const daysSaid = ({ from, to }: { from?: string; to?: string }, today: string) => ({
  from: from !== undefined && isDay(from) ? from : today,
  to: to !== undefined && isDay(to) ? to : today,
});

/** Gives a day so many days later. */
export const dayLater = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** Gives the first instant of a day in a time zone, also where clocks are changed that day. */
export function beginOf(day: string, timeZone: string): Date {
  const wall = Date.parse(day);
  const guess = wall - (wallOf(wall, timeZone) - wall);
  return new Date(wall - (wallOf(guess, timeZone) - guess));
}

export const RANKED_PERIODS = ['month', 'last', 'week', 'own'] as const;
export type RankedPeriod = (typeof RANKED_PERIODS)[number];

/** Gives the first and the last day of a period, as it is now in a time zone. */
export function rankedDays(period: Exclude<RankedPeriod, 'own'>, today: string): { from: string; to: string } {
  const first = `${today.slice(0, 8)}01`;
  const endOfLast = dayLater(first, -1);
  return {
    month: { from: first, to: today },
    last: { from: `${endOfLast.slice(0, 8)}01`, to: endOfLast },
    week: { from: dayLater(today, -6), to: today },
  }[period];
}
