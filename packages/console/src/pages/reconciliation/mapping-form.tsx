import type { BooksFileReport } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useBooksMessages } from '../../language/books.ts';
import { Field, SelectField } from '../../parts/field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { server } from '../../server.ts';
import { draftOf, MAPPED_FIELDS, MAPPED_STATES, type MappingDraft, mappingOf } from './mapping-draft.ts';

const DATE_ORDERS = ['ymd', 'dmy', 'mdy'] as const;

interface Props {
  supplierId: string;
  report: BooksFileReport;
  onKept: () => void;
}

/** Says how the columns of a supplier's files are read, from those that its file has. It is kept for the next one. */
export function MappingForm({ supplierId, report: { mapping, columns, sample }, onKept }: Props) {
  const b = useBooksMessages();
  const [draft, setDraft] = useState(() => draftOf(mapping));
  const keep = useMutation({
    mutationFn: () => server.operator.call('setBooksMapping', { params: { id: supplierId }, body: mappingOf(draft) }),
    onSuccess: onKept,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    keep.mutate();
  };
  const wordsThere = [...new Set(sample.map(({ cells }) => cells[draft.columns.state]).filter(Boolean))].join(', ');
  return (
    <form onSubmit={submit} aria-label={b.mapping.title}>
      <div className="filters">
        {MAPPED_FIELDS.map((name) => (
          <ColumnField
            key={name}
            label={b.mapping.fields[name]}
            value={draft.columns[name]}
            columns={columns}
            onChoose={(column) => setDraft({ ...draft, columns: { ...draft.columns, [name]: column } })}
          />
        ))}
      </div>
      <FormatFields draft={draft} onChange={setDraft} />
      {draft.columns.state !== '' && (
        <fieldset className="plain-set">
          <legend>{b.mapping.states}</legend>
          {wordsThere && <p className="hint">{b.mapping.stateHint(wordsThere)}</p>}
          <div className="filters">
            {MAPPED_STATES.map((name) => (
              <Field
                key={name}
                label={b.mapping.words[name]}
                value={draft.states[name]}
                onChange={(event) => setDraft({ ...draft, states: { ...draft.states, [name]: event.target.value } })}
              />
            ))}
          </div>
        </fieldset>
      )}
      <RefusalNote error={keep.error} />
      <div className="actions">
        <button type="submit" className="button button-main" disabled={keep.isPending || draft.columns.time === ''}>
          {b.mapping.save}
        </button>
      </div>
    </form>
  );
}

interface ColumnProps {
  label: string;
  value: string;
  columns: readonly string[];
  onChoose: (column: string) => void;
}

/** A column of the file. One that was kept and that this file does not have stays, so that it is seen. */
function ColumnField({ label, value, columns, onChoose }: ColumnProps) {
  const b = useBooksMessages();
  const known = value === '' || columns.includes(value) ? columns : [...columns, value];
  const options = [{ value: '', label: b.mapping.absent }, ...known.map((title) => ({ value: title, label: title }))];
  return <SelectField label={label} value={value} options={options} onChoose={onChoose} />;
}

/** How times and amounts are written there. */
function FormatFields({ draft, onChange }: { draft: MappingDraft; onChange: (draft: MappingDraft) => void }) {
  const b = useBooksMessages();
  return (
    <div className="filters">
      <Field
        label={b.mapping.timeZone}
        hint={b.mapping.timeZoneHint}
        maxLength={64}
        value={draft.time_zone}
        onChange={(event) => onChange({ ...draft, time_zone: event.target.value })}
      />
      <SelectField
        label={b.mapping.dateOrder}
        value={draft.date_order}
        options={DATE_ORDERS.map((value) => ({ value, label: b.mapping.dateOrders[value] }))}
        onChoose={(date_order) => onChange({ ...draft, date_order })}
      />
      <SelectField
        label={b.mapping.decimal}
        value={draft.decimal}
        options={[
          { value: '.', label: b.mapping.decimals.point },
          { value: ',', label: b.mapping.decimals.comma },
        ]}
        onChoose={(decimal) => onChange({ ...draft, decimal })}
      />
      <Field
        label={b.mapping.currency}
        hint={b.mapping.currencyHint}
        pattern="[A-Za-z]{3}"
        maxLength={3}
        value={draft.currency}
        onChange={(event) => onChange({ ...draft, currency: event.target.value })}
      />
    </div>
  );
}
