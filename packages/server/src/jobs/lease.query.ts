/**
 * Says in SQL that nobody has taken a row in hand, or that whoever has did not give it back in time.
 * @param of the name of its table in the statement
 * @param now the parameter that has the time
 */
export const UNLEASED = (of: string, now: string): string =>
  `(${of}.leased_until IS NULL OR ${of}.leased_until <= ${now})`;
