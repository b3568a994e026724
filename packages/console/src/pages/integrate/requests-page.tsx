import type { RefusalGroup } from '@opentopup/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { useProgramsMessages } from '../../language/programs.ts';
import { Empty } from '../../parts/empty.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { server } from '../../server.ts';
import { RequestList } from './request-list.tsx';

/** What the programs of a distributor asked and were answered; first what is refused most often. */
export function Component() {
  const m = useMessages();
  const p = useProgramsMessages();
  return (
    <PageFrame title={p.requests.title} actions={<Link to="/integrate">{m.pages.integrate}</Link>}>
      <p className="lead hint">{p.requests.hint}</p>
      <Refusals />
      <RequestList />
    </PageFrame>
  );
}

const MOST = 20;

function Refusals() {
  const p = useProgramsMessages();
  const { data, error } = useQuery({
    queryKey: ['request refusals'],
    queryFn: () => server.opentopup.call('listRefusalGroups', { query: { limit: MOST } }),
  });
  return (
    <section className="card" aria-label={p.requests.refusals}>
      <h2>{p.requests.refusals}</h2>
      <RefusalNote error={error} />
      {data?.length === 0 && <Empty title={p.requests.noRefusals} />}
      <ul className="plain">
        {data?.map((group) => (
          <li key={group.last_request_id} className="entry">
            <Alike group={group} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Refusals that are alike: how often, why, and what they have in common. */
function Alike({ group }: { group: RefusalGroup }) {
  const p = useProgramsMessages();
  const f = useFormats();
  const { count, reason, field, line_digits, line_begins, method, route, last_date } = group;
  const common = [
    field && p.requests.field(field),
    line_digits !== undefined && p.requests.line(f.number(line_digits), line_begins ?? ''),
  ].filter(Boolean);
  return (
    <span>
      <strong>{p.requests.times(f.number(count), count)}</strong> <code>{reason}</code>
      {common.length > 0 && `: ${common.join(', ')}`}
      <span className="hint">{[`${method} ${route}`, f.moment(last_date)].join(' · ')}</span>
    </span>
  );
}
