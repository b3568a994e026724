import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link, useParams } from 'react-router';
import { useFormats } from '../../../language/format.ts';
import { useMessages } from '../../../language/language.ts';
import { DistributorLink } from '../../../parts/distributor-link.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { Field, SelectField } from '../../../parts/field.tsx';
import { FindField, useFinding } from '../../../parts/find-field.tsx';
import { RefusalNote } from '../../../parts/refusal-note.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';
import { useAllOffers, useDistributors } from '../../../parts/use-all-offers.ts';
import { onceMade, queries, server } from '../../../server.ts';
import { useMay } from '../../../session/session.ts';
import { OfferForm } from './offer-form.tsx';
import { OneDistributor } from './one-distributor.tsx';
import { Suspend } from './suspend.tsx';

/** Who sells, and what, for the operator; or one of them. */
export function AllDistributors() {
  const { id } = useParams();
  return id === undefined ? <Distributors /> : <OneDistributor key={id} id={id} />;
}

function Distributors() {
  const m = useMessages();
  const f = useFormats();
  const may = useMay();
  const distributors = useDistributors();
  const offers = useAllOffers();
  const { find, setFind, isFound } = useFinding();
  if (distributors.isPending || offers.isPending) return <Skeleton />;
  if (!distributors.data || !offers.data) return <RefusalNote error={distributors.error ?? offers.error} />;
  const offersOf = (id: string): string => {
    const count = offers.data.filter(({ distributor_id }) => distributor_id === id).length;
    return m.distributors.offers(f.number(count), count);
  };
  const found = distributors.data.filter(({ id, name }) => isFound(name, id));
  return (
    <div className="columns">
      <section className="card">
        <h2>{m.settings.distributors}</h2>
        {distributors.data.length === 0 && <Empty title={m.distributors.none} />}
        {distributors.data.length > 1 && <FindField label={m.distributors.find} find={find} onFind={setFind} />}
        {found.length === 0 && find !== '' && <Empty title={m.nothingFound} />}
        <ul className="plain">
          {found.map(({ id, name, world, status }) => (
            <li key={id} className="entry">
              <span>
                <strong>
                  <DistributorLink id={id} name={name} />
                </strong>{' '}
                {world === 'sandbox' && <span className="badge">{m.sandbox}</span>}{' '}
                {status === 'suspended' && <span className="badge badge-ko">{m.distributors.suspended}</span>}
                <span className="hint">{offersOf(id)}</span>
                <Link className="hint" to={`/transactions?distributor=${id}`}>
                  {m.distributors.sales}
                </Link>
              </span>
              {may('changeDistributor') && <Suspend id={id} name={name} isSuspended={status === 'suspended'} />}
            </li>
          ))}
        </ul>
      </section>
      <div>
        {may('createDistributor') && (
          <NewDistributor live={distributors.data.filter(({ world }) => world === 'live')} />
        )}
        {may('createOffer') && distributors.data.length > 0 && <OfferForm distributors={distributors.data} />}
      </div>
    </div>
  );
}

/** Adds a distributor, or a sandbox to one. */
function NewDistributor({ live }: { live: readonly { id: string; name: string }[] }) {
  const m = useMessages();
  const [name, setName] = useState('');
  const [of, setOf] = useState('');
  const create = useMutation({
    mutationFn: (id: string) =>
      onceMade(
        server.operator.call('createDistributor', {
          body: { id, name, ...(of && { world: 'sandbox' as const, sandbox_of: of }) },
        }),
      ),
    onSuccess: () => {
      setName('');
      setOf('');
      return queries.invalidateQueries({ queryKey: ['distributors'] });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    create.mutate(crypto.randomUUID());
  };
  return (
    <form className="card" onSubmit={submit}>
      <h2>{m.distributors.add}</h2>
      <Field
        label={m.clients.name}
        required
        maxLength={255}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <SelectField
        label={m.distributors.sandboxOf}
        value={of}
        options={[
          { value: '', label: m.distributors.sellsForReal },
          ...live.map((each) => ({ value: each.id, label: each.name })),
        ]}
        onChoose={setOf}
      />
      <RefusalNote error={create.error} />
      <button type="submit" className="button button-main" disabled={create.isPending}>
        {m.distributors.add}
      </button>
    </form>
  );
}
