import type { SheetFormName } from '@opentopup/contract/sheet-forms';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { SheetChoice } from '../../parts/sheet-choice.tsx';
import { useMay } from '../../session/session.ts';
import { type Exported, exportSheet } from './export-sheet.ts';
import type { Filters } from './filters.ts';

const NOTHING: Exported = { rows: 0, total: null };

/** All that the filters let through as a file. Tells how far it is, and can be given up; so it is when the page is left. */
export function Export({ filters }: { filters: Filters }) {
  const m = useMessages();
  const f = useFormats();
  const isOperator = useMay()('listTransactions');
  const [form, setForm] = useState<SheetFormName>('xlsx');
  const [exported, setExported] = useState(NOTHING);
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), []);
  const run = useMutation({
    mutationFn: async () => {
      const controller = new AbortController();
      running.current = controller;
      const { signal } = controller;
      setExported(NOTHING);
      try {
        return await exportSheet(filters, form, isOperator, signal, setExported);
      } catch (error) {
        if (signal.aborted) return null;
        throw error;
      }
    },
  });
  const { rows, total } = exported;
  const saidOf = (count: number): string => m.transactions.exported(f.number(count), count);
  if (run.isPending) {
    return (
      <div className="export">
        <progress
          aria-label={m.transactions.export}
          {...(rows !== null && total !== null && { value: Math.min(rows, total), max: total })}
        />
        <span className="hint">
          {rows !== null && (total === null ? f.number(rows) : m.transactions.rowsOf(f.number(rows), f.number(total)))}
        </span>
        <button type="button" className="button" onClick={() => running.current?.abort()}>
          {m.transactions.stopExport}
        </button>
      </div>
    );
  }
  return (
    <div className="export">
      <span className="hint" role="status">
        {run.data && (run.data.rows === null ? m.transactions.exportDone : saidOf(run.data.rows))}
        {run.data === null && m.transactions.exportStopped}
      </span>
      <SheetChoice form={form} onForm={setForm} onExport={() => run.mutate()} />
      <RefusalNote error={run.error} />
    </div>
  );
}
