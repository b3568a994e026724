import { CSV, PDF, XLSX } from '../media-types.ts';

/** The files that a statement is given as. `excel` is CSV as Excel opens it. */
export const STATEMENT_FILES = {
  pdf: { mediaType: PDF, ending: 'pdf' },
  xlsx: { mediaType: XLSX, ending: 'xlsx' },
  excel: { mediaType: CSV, ending: 'csv' },
  csv: { mediaType: CSV, ending: 'csv' },
  json: { mediaType: 'application/json', ending: 'json' },
} as const;

export type StatementFile = keyof typeof STATEMENT_FILES;

export const STATEMENT_FILE_NAMES = Object.keys(STATEMENT_FILES) as StatementFile[];
