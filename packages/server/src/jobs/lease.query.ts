/*
 * Leases go by the clock of the database, which all processes share: by their own, one whose clock is ahead would take what
 * another still has in hand.
 */

/**
 * Says in SQL that nobody has taken a row in hand, or that whoever has did not give it back in time.
 * @param of the name of its table in the statement
 */
export const UNLEASED = (of: string): string => `(${of}.leased_until IS NULL OR ${of}.leased_until <= now())`;

/**
 * Gives in SQL the end of a lease that begins now, in whole milliseconds, as a `Date` has them.
 * @param ms the parameter that says how long it is, in milliseconds
 */
export const LEASED_FOR = (ms: string): string =>
  `date_trunc('milliseconds', now() + ${ms}::double precision * interval '1 millisecond')`;
