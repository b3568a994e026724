const HOUR_MS = 3_600_000;

/** Of how many formats of dates the parts are found where. */
const ORDERS = { ymd: [0, 1, 2], dmy: [2, 1, 0], mdy: [2, 0, 1] } as const;
export type DateOrder = keyof typeof ORDERS;

const WRITTEN =
  /^(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;

/** By how much a time zone is ahead of UTC, by the hour: there are many times in a file, and few hours. */
const offsets = new Map<string, number>();
const formats = new Map<string, Intl.DateTimeFormat>();

function offsetAt(ms: number, timeZone: string): number {
  const hour = Math.floor(ms / HOUR_MS);
  const key = `${timeZone} ${hour}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  let format = formats.get(timeZone);
  if (!format) {
    const digits = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
    format = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...digits });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(
    format.formatToParts(hour * HOUR_MS).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour: shown = 0, minute = 0 } = parts;
  const offset = Date.UTC(year, month - 1, day, shown, minute) - hour * HOUR_MS;
  if (offsets.size > 100_000) offsets.clear();
  offsets.set(key, offset);
  return offset;
}

/**
 * Reads an instant as a file has it: by the order of its date, and in a time zone where it does not say another. A day alone is
 * its noon. Null for what is none.
 * @param isWorkbook its times have no zone and are given with a `Z`, which is not meant then; a text that says another one has it
 */
export function readWallTime(text: string, order: DateOrder, timeZone: string, isWorkbook: boolean): Date | null {
  const [, ...found] = WRITTEN.exec(text.trim()) ?? [];
  if (found.length === 0) return null;
  const date = found.slice(0, 3);
  // A year in front says its order itself.
  const [y, m, d] = (date[0]?.length === 4 ? ORDERS.ymd : ORDERS[order]).map((place) => Number(date[place]));
  if (y === undefined || m === undefined || d === undefined || y < 1970) return null;
  const [hour = '12', minute = '0', second = '0', zone] = found.slice(3);
  const wall_ms = Date.UTC(y, m - 1, d, Number(hour), Number(minute), Number(second));
  const read = new Date(wall_ms);
  const isClock = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  const isReal = read.getUTCMonth() === m - 1 && read.getUTCDate() === d && isClock;
  if (!isReal || Number.isNaN(wall_ms)) return null;
  if (zone !== undefined && !(isWorkbook && zone === 'Z')) return new Date(wall_ms - zoneOffset(zone));
  const guess_ms = wall_ms - offsetAt(wall_ms, timeZone);
  return new Date(wall_ms - offsetAt(guess_ms, timeZone));
}

function zoneOffset(zone: string): number {
  if (zone === 'Z') return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
