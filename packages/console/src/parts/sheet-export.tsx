import { SHEET_FORMS, type SheetFormName } from '@opentopup/contract/sheet-forms';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useMessages } from '../language/language.ts';
import { RefusalNote } from './refusal-note.tsx';
import { saveSheet } from './save-sheet.ts';
import { SheetChoice } from './sheet-choice.tsx';

interface Props {
  /** Of the file. */
  name: string;
  ask: (mediaType: string, reader: { for?: 'excel' }) => Promise<ReadableStream<Uint8Array>>;
}

/** A list as a file, in the form that is chosen. */
export function SheetExport({ name, ask }: Props) {
  const m = useMessages();
  const [form, setForm] = useState<SheetFormName>('xlsx');
  const run = useMutation({
    mutationFn: async () => {
      const { mediaType } = SHEET_FORMS[form];
      const sheet = (await ask(mediaType, form === 'excel' ? { for: form } : {})) as ReadableStream<
        Uint8Array<ArrayBuffer>
      >;
      saveSheet(await new Response(sheet, { headers: { 'Content-Type': mediaType } }).blob(), form, name);
    },
  });
  return (
    <div className="export">
      <span className="hint" role="status">
        {run.isSuccess && m.transactions.exportDone}
      </span>
      <SheetChoice form={form} onForm={setForm} isBusy={run.isPending} onExport={() => run.mutate()} />
      <RefusalNote error={run.error} />
    </div>
  );
}
