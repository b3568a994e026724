import type { AuditEntry } from '@opentopup/contract';
import { useDeferredValue } from 'react';
import { Link } from 'react-router';
import { useFormats } from '../../../language/format.ts';
import { useMessages } from '../../../language/language.ts';
import { useOfficeMessages } from '../../../language/office.ts';
import { DistributorField } from '../../../parts/distributor-field.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { Field } from '../../../parts/field.tsx';
import { RefusalNote } from '../../../parts/refusal-note.tsx';
import { SheetExport } from '../../../parts/sheet-export.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';
import { useAddress } from '../../../parts/use-address.ts';
import { usePageByPage } from '../../../parts/use-page-by-page.ts';
import { usePerson } from '../../../parts/use-person.ts';
import { patient, server } from '../../../server.ts';

const NAMES = ['distributor', 'actor', 'action', 'subject', 'startDate', 'endDate'] as const;

/** Who did what, to what and when, for the operator: narrowed down, and taken along as a file. */
export function AuditTrail() {
  const m = useMessages();
  const o = useOfficeMessages();
  const [filters, change] = useAddress(NAMES);
  const asked = useDeferredValue(filters);
  const { rows, error, hasMore, readOn } = usePageByPage(['audit', asked], (page) =>
    server.operator.call('listAuditEntries', { query: { ...page, ...asked } }),
  );
  const field = (name: (typeof NAMES)[number], label: string, hint?: string) => (
    <Field
      label={label}
      hint={hint}
      autoComplete="off"
      value={filters[name] ?? ''}
      onChange={(event) => change({ [name]: event.target.value.trim() })}
    />
  );
  const day = (name: 'startDate' | 'endDate', label: string) => (
    <Field
      label={label}
      type="date"
      value={filters[name] ?? ''}
      onChange={(event) => change({ [name]: event.target.value })}
    />
  );
  return (
    <>
      <search className="filters">
        {field('actor', o.audit.who, o.audit.whoHint)}
        {field('action', o.audit.what, o.audit.whatHint)}
        {field('subject', o.audit.subject, o.audit.subjectHint)}
        <DistributorField value={filters.distributor ?? ''} onChoose={(distributor) => change({ distributor })} />
        {day('startDate', m.transactions.from)}
        {day('endDate', m.transactions.until)}
      </search>
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
              <Entry key={entry.id} entry={entry} />
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

/** Where the pages are of what something was done to; by the first word of what was done. */
const PAGES: Readonly<Record<string, string>> = {
  offer: '/stock/',
  transaction: '/transactions/',
  distributor: '/settings/distributors/',
  supplier: '/settings/suppliers/',
};

function Entry({ entry }: { entry: AuditEntry }) {
  const o = useOfficeMessages();
  const f = useFormats();
  const person = usePerson();
  const { date, actor, actor_email, action, subject, details } = entry;
  const page = PAGES[action.split('.')[0] ?? ''];
  return (
    <li className="entry">
      <div>
        <code>{action}</code> · <bdi>{actor_email ?? person(actor)}</bdi>
        <span className="hint">
          {f.moment(date)} · {page ? <Link to={page + subject}>{subject}</Link> : subject}
        </span>
        {Object.keys(details).length > 0 && (
          <details>
            <summary>{o.audit.details}</summary>
            <pre className="copied">{JSON.stringify(details, null, 2)}</pre>
          </details>
        )}
      </div>
    </li>
  );
}
