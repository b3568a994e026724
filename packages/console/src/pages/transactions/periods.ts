/** Periods that are asked for often: from their first day until now. */
export const PERIODS = ['today', 'week', 'month'] as const;
type Period = (typeof PERIODS)[number];

const DAY_MS = 86_400_000;

/** Gives the first day of a period, as the server's days go (UTC); weeks begin on Mondays. */
export function startOf(period: Period, now: Date): string {
  const dayOfWeek = (now.getUTCDay() + 6) % 7;
  const back = { today: 0, week: dayOfWeek, month: now.getUTCDate() - 1 }[period];
  return new Date(now.getTime() - back * DAY_MS).toISOString().slice(0, 10);
}

/** Tells which period filters name, if one. */
export function periodOf(
  { startDate, endDate }: { startDate?: string; endDate?: string },
  now = new Date(),
): Period | '' {
  if (startDate === undefined || endDate !== undefined) return '';
  return PERIODS.find((period) => startOf(period, now) === startDate) ?? '';
}
