import { CSV, PDF, XLSX } from '@opentopup/contract/media-types';
import type { CallOptions } from './options.ts';

/** The files that a statement is given as, and their media types. `excel` is CSV as Excel opens it. */
export const STATEMENT_FILES = { json: 'application/json', csv: CSV, excel: CSV, xlsx: XLSX, pdf: PDF } as const;
export type StatementFile = keyof typeof STATEMENT_FILES;

/** What a call for a file takes. */
export interface FileOptions extends CallOptions {
  /** In which people read it, as in `fr`; English unless told. */
  language?: string;
}

/** Makes what is asked for a statement as a file. */
export const requestOfFile = (id: string, file: StatementFile, language: string | undefined) => ({
  params: { id },
  query: file === 'excel' ? { for: 'excel' } : {},
  ...(language !== undefined && { headers: { 'Accept-Language': language } }),
});
