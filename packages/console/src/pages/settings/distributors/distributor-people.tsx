import { Link } from 'react-router';
import { useFormats } from '../../../language/format.ts';
import { useMessages } from '../../../language/language.ts';
import { useOfficeMessages } from '../../../language/office.ts';
import { RefusalNote } from '../../../parts/refusal-note.tsx';
import { useStaff } from '../../../parts/use-staff.ts';

/** Who signs in for a distributor. They are invited and changed with everybody else, under *Staff*. */
export function DistributorPeople({ id }: { id: string }) {
  const m = useMessages();
  const o = useOfficeMessages();
  const f = useFormats();
  const { data, error } = useStaff();
  const people = data?.filter(({ distributor_id }) => distributor_id === id);
  return (
    <section className="card" aria-label={o.distributor.people}>
      <h2>{o.distributor.people}</h2>
      <RefusalNote error={error} />
      {people?.length === 0 && <p className="hint">{o.distributor.nobody}</p>}
      <ul className="plain">
        {people?.map(({ id: account, email, role, status, last_sign_in_date }) => (
          <li key={account} className="entry">
            <span>
              <strong>
                <bdi>{email}</bdi>
              </strong>
              <span className="hint">
                {[
                  m.roles[role],
                  status === 'invited' && m.staff.invited,
                  last_sign_in_date && o.distributor.signedIn(f.moment(last_sign_in_date)),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
          </li>
        ))}
      </ul>
      <p>
        <Link to="/settings/staff">{m.settings.staff}</Link>
      </p>
    </section>
  );
}
