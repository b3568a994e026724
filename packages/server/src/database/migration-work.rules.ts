/** A table of a database, and how large it is. */
export interface TableSize {
  name: string;
  /** As the database reckons. */
  rows: number;
  bytes: number;
}

/** What a disk that is slow for a server still reads and writes of a table, bytes a second. */
const SLOW_DISK = 20_000_000;

/** Statements that only say what is so from now on: none of them looks at a row. */
const LOOKS_AT_NO_ROW =
  /^(?:CREATE (?:OR REPLACE )?(?:TABLE|FUNCTION|TRIGGER|VIEW|TYPE|SEQUENCE)|DROP|COMMENT|ALTER TABLE (?:(?!CHECK|CONSTRAINT|TYPE|REFERENCES|UNIQUE|PRIMARY|SET NOT NULL).)*$)/is;

/** Splits a script where a statement ends; bodies of functions stay whole, comments go. */
function statementsOf(sql: string): string[] {
  const pieces = sql.split('$$');
  const open = pieces.map((piece, i) =>
    i % 2 === 0 ? piece.replaceAll(/--[^\n]*/g, '').replaceAll(';', '\0') : piece,
  );
  return open
    .join('$$')
    .split('\0')
    .map((statement) => statement.trim())
    .filter(Boolean);
}

/**
 * Tells which tables a migration goes through, a table once for each statement that may look at all of its rows. It rather
 * names one too many: a statement that names a table is taken to read it.
 */
export function tablesGoneThrough(sql: string, tables: readonly TableSize[]): TableSize[] {
  return statementsOf(sql)
    .filter((statement) => !LOOKS_AT_NO_ROW.test(statement))
    .flatMap((statement) => tables.filter(({ name }) => new RegExp(`\\b${name}\\b`).test(statement)));
}

/** Gives the seconds that going through these tables takes at most, on a slow disk. */
export function secondsAtMost(tables: readonly TableSize[]): number {
  return Math.ceil(tables.reduce((sum, { bytes }) => sum + bytes, 0) / SLOW_DISK);
}
