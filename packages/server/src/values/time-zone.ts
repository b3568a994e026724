/** Returns true for the name of a time zone in which days can be shown, as in `Europe/Paris`. */
export function isTimeZoneName(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
