import type { ImportReport } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { patient, queries } from '../../../server.ts';

export const IMPORT_KINDS = ['offers', 'products', 'grants'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** Imports a file, all of it or nothing; or says what that would do. Repeating it changes nothing more. */
export const importFile = async (kind: ImportKind, body: Uint8Array, dry_run: boolean): Promise<ImportReport> =>
  (await patient.operator.answer('importCsv', { params: { kind }, query: { dry_run }, body })).body as ImportReport;

/** What was imported is of other lists too. */
export function useImported() {
  return () =>
    Promise.all(['all offers', 'products', 'stock'].map((name) => queries.invalidateQueries({ queryKey: [name] })));
}

/** Reads a file that somebody has chosen, and imports it. */
export function useFileImport(kind: ImportKind, file: File | null) {
  const imported = useImported();
  return useMutation({
    mutationFn: async (isDryRun: boolean) =>
      await importFile(kind, new Uint8Array((await file?.arrayBuffer()) ?? []), isDryRun),
    onSuccess: ({ dry_run, errors }) => (dry_run || errors.length > 0 ? undefined : imported()),
  });
}
