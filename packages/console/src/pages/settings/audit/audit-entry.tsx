import type { AuditEntry } from '@opentopup/contract';
import { wordsOfAction } from '@opentopup/contract/audit/action-words';
import { Link } from 'react-router';
import { useFormats } from '../../../language/format.ts';
import { useLanguage } from '../../../language/language.ts';
import { useOfficeMessages } from '../../../language/office.ts';
import { DistributorLink } from '../../../parts/distributor-link.tsx';
import { usePerson } from '../../../parts/use-person.ts';
import type { Named } from './use-named.ts';

/** What is done to these is done to a sale. */
const OF_SALES = new Set(['transaction', 'esim', 'identification', 'receipt']);

/** Something that somebody did: what, who, when, to what and for whom; as it is kept, one click away. */
export function TrailEntry({ entry, named }: { entry: AuditEntry; named: ReadonlyMap<string, Named> }) {
  const o = useOfficeMessages();
  const f = useFormats();
  const person = usePerson();
  const language = useLanguage();
  const { date, actor, actor_email, action, subject, distributor_id, details } = entry;
  const owner = distributor_id === undefined || distributor_id === subject ? undefined : named.get(distributor_id);
  return (
    <li className="entry">
      <div>
        <strong>{wordsOfAction(action, language)}</strong> · <bdi>{actor_email ?? person(actor)}</bdi>
        <span className="hint">
          {f.moment(date)}
          <Subject action={action} subject={subject} found={named.get(subject)} />
          {distributor_id && owner && (
            <>
              {' · '}
              <DistributorLink id={distributor_id} name={owner.name} />
            </>
          )}
        </span>
        <details>
          <summary>{o.audit.details}</summary>
          <p className="hint">
            <code>{action}</code> · {subject} · {actor}
          </p>
          {Object.keys(details).length > 0 && <pre className="copied">{JSON.stringify(details, null, 2)}</pre>}
        </details>
      </div>
    </li>
  );
}

function Subject({ action, subject, found }: { action: string; subject: string; found: Named | undefined }) {
  const o = useOfficeMessages();
  if (found) {
    return (
      <>
        {' · '}
        {found.path ? (
          <Link to={found.path}>
            <bdi>{found.name}</bdi>
          </Link>
        ) : (
          <bdi>{found.name}</bdi>
        )}
      </>
    );
  }
  if (!OF_SALES.has(action.split('.')[0] ?? '')) return null;
  return (
    <>
      {' · '}
      <Link to={`/transactions/${subject}`}>{o.audit.theSale}</Link>
    </>
  );
}
