import { CSV, XLSX } from './media-types.ts';

/** The forms of a sheet, and the file that each is. CSV for Excel is asked for with `for=excel`. */
export const SHEET_FORMS = {
  csv: { mediaType: CSV, ending: 'csv', isBinary: false },
  excel: { mediaType: CSV, ending: 'csv', isBinary: false },
  xlsx: { mediaType: XLSX, ending: 'xlsx', isBinary: true },
} as const;

export type SheetFormName = keyof typeof SHEET_FORMS;

export const SHEET_FORM_NAMES = Object.keys(SHEET_FORMS) as SheetFormName[];

/** The media types of sheets, each once. */
export const SHEET_TYPES: readonly string[] = [...new Set(SHEET_FORM_NAMES.map((name) => SHEET_FORMS[name].mediaType))];
