import type { StatementFile } from '@opentopup/contract/statements/statement-files';
import type { CallOptions } from './options.ts';

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
