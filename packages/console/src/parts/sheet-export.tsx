import { SHEET_FORMS, type SheetFormName } from '@opentopup/contract/sheet-forms';
import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { useMessages } from '../language/language.ts';
import { RefusalNote } from './refusal-note.tsx';
import { FORMS, saveSheet } from './save-sheet.ts';

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
      <select
        aria-label={m.transactions.form}
        value={form}
        onChange={(event) => setForm(event.target.value as SheetFormName)}
      >
        {FORMS.map((each) => (
          <option key={each} value={each}>
            {m.transactions.forms[each]}
          </option>
        ))}
      </select>
      <button type="button" className="button" disabled={run.isPending} onClick={() => run.mutate()}>
        <Download aria-hidden /> {m.transactions.export}
      </button>
      <RefusalNote error={run.error} />
    </div>
  );
}
