import { wordsOfAction } from '@opentopup/contract/audit/action-words';
import { AUDIT_ACTIONS } from '@opentopup/contract/audit/audit-actions';
import { useDeferredValue, useId } from 'react';
import { useLanguage, useMessages } from '../../../language/language.ts';
import { useOfficeMessages } from '../../../language/office.ts';
import { DistributorField } from '../../../parts/distributor-field.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { Field, SelectField } from '../../../parts/field.tsx';
import { isFoundIn } from '../../../parts/find-field.tsx';
import { RefusalNote } from '../../../parts/refusal-note.tsx';
import { SheetExport } from '../../../parts/sheet-export.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';
import { useAddress } from '../../../parts/use-address.ts';
import { usePageByPage } from '../../../parts/use-page-by-page.ts';
import { useStaff } from '../../../parts/use-staff.ts';
import { patient, server } from '../../../server.ts';
import { TrailEntry } from './audit-entry.tsx';
import { useNamed } from './use-named.ts';

const NAMES = ['distributor', 'actor', 'action', 'subject', 'startDate', 'endDate'] as const;
type Filters = Partial<Record<(typeof NAMES)[number], string>>;

/** Who did what, to what and when, for the operator: narrowed down, and taken along as a file. */
export function AuditTrail() {
  const m = useMessages();
  const o = useOfficeMessages();
  const [filters, change] = useAddress(NAMES);
  const asked = useDeferredValue(filters);
  const named = useNamed();
  const { rows, error, hasMore, readOn } = usePageByPage(['audit', asked], (page) =>
    server.operator.call('listAuditEntries', { query: { ...page, ...asked } }),
  );
  return (
    <>
      <AuditFilters filters={filters} onChange={change} />
      <div className="lead">
        <SheetExport
          name={o.audit.file}
          ask={(mediaType, reader) =>
            patient.operator.stream('listAuditEntries', mediaType, { query: { ...asked, ...reader } })
          }
        />
      </div>
      <RefusalNote error={error} />
      {!rows && !error && <Skeleton />}
      {rows?.length === 0 && <Empty title={o.audit.none} />}
      {rows && rows.length > 0 && (
        <section className="card" aria-label={m.settings.audit}>
          <ul className="plain">
            {rows.map((entry) => (
              <TrailEntry key={entry.id} entry={entry} named={named} />
            ))}
          </ul>
          {hasMore && (
            <button type="button" className="button" onClick={readOn}>
              {o.more}
            </button>
          )}
        </section>
      )}
    </>
  );
}

/** So many names are suggested at once. */
const SUGGESTED = 20;

/** Whose deeds, which, on what and when. */
function AuditFilters({ filters, onChange: change }: { filters: Filters; onChange: (changes: Filters) => void }) {
  const m = useMessages();
  const o = useOfficeMessages();
  const language = useLanguage();
  const [people, things] = [useId(), useId()];
  const staff = useStaff().data ?? [];
  const named = useNamed();
  const { actor = '', subject = '' } = filters;
  const isFound = isFoundIn(subject);
  const suggested = subject ? [...named].filter(([, { name }]) => isFound(name)).slice(0, SUGGESTED) : [];
  const actions = AUDIT_ACTIONS.map((value) => ({ value, label: wordsOfAction(value, language) }));
  const day = (name: 'startDate' | 'endDate', label: string) => (
    <Field
      label={label}
      type="date"
      value={filters[name] ?? ''}
      onChange={(event) => change({ [name]: event.target.value })}
    />
  );
  return (
    <search className="filters">
      <Field
        label={o.audit.who}
        hint={o.audit.whoHint}
        autoComplete="off"
        list={people}
        value={actor}
        onChange={(event) => change({ actor: event.target.value.trim() })}
      />
      <datalist id={people}>
        <option value="operator" />
        {staff.map(({ id, email }) => (
          <option key={id} value={email} />
        ))}
      </datalist>
      <SelectField
        label={o.audit.what}
        value={filters.action ?? ''}
        options={[{ value: '', label: m.all }, ...actions.toSorted((a, b) => a.label.localeCompare(b.label, language))]}
        onChoose={(action) => change({ action })}
      />
      <Field
        label={o.audit.subject}
        hint={named.get(subject)?.name ?? o.audit.subjectHint}
        autoComplete="off"
        list={things}
        value={subject}
        onChange={(event) => change({ subject: event.target.value })}
      />
      <datalist id={things}>
        {suggested.map(([id, { name }]) => (
          <option key={id} value={id} label={name} />
        ))}
      </datalist>
      <DistributorField value={filters.distributor ?? ''} onChoose={(distributor) => change({ distributor })} />
      {day('startDate', m.transactions.from)}
      {day('endDate', m.transactions.until)}
    </search>
  );
}
