/** The first instant that both databases keep and give back as it was, and the first one after them all. */
const FIRST = new Date('1970-01-01T00:00:00Z');
const AFTER_LAST = new Date('+010000-01-01T00:00:00Z');
/** The last one that a period may begin or end with: what is counted by the hour or day reaches beyond it. */
const LAST_OF_PERIOD = new Date('9999-12-31T00:00:00Z');

/**
 * Returns true for an instant that can be kept: of the years 1970 to 9999. Nothing is older, and later years need
 * another form.
 */
export const isStorable = (instant: Date): boolean => instant >= FIRST && instant < AFTER_LAST;

/** Returns true for an instant that a period may begin or end with. */
export const isOfPeriod = (instant: Date): boolean => instant >= FIRST && instant <= LAST_OF_PERIOD;

/** Returns the instant nearest to this one that a period may begin or end with: nothing that is kept lies between. */
export function nearestOfPeriod(instant: Date): Date {
  if (instant < FIRST) return FIRST;
  return instant < LAST_OF_PERIOD ? instant : LAST_OF_PERIOD;
}

/** Returns the same day of the month and time of day, some months later (UTC); a month too short for it ends sooner. */
export function monthsLater(date: Date, months: number): Date {
  const later = new Date(date);
  later.setUTCMonth(date.getUTCMonth() + months);
  // 31 August and 6 months would be 3 March.
  if (later.getUTCDate() !== date.getUTCDate()) later.setUTCDate(0);
  return later;
}
