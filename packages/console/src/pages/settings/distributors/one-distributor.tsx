import type { Distributor } from '@opentopup/contract';
import { Link } from 'react-router';
import { useFormats } from '../../../language/format.ts';
import { useMessages } from '../../../language/language.ts';
import { useOfficeMessages } from '../../../language/office.ts';
import { DistributorLink } from '../../../parts/distributor-link.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { Facts } from '../../../parts/facts.tsx';
import { LastSales } from '../../../parts/last-sales.tsx';
import { RefusalNote } from '../../../parts/refusal-note.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';
import { useDistributors } from '../../../parts/use-all-offers.ts';
import { WorldBadge } from '../../../parts/whose-stock.tsx';
import { useMay } from '../../../session/session.ts';
import { writeMoney, writeRate } from '../../overview/totals.tsx';
import { useLately } from '../../overview/use-overview.ts';
import { GuardsOf } from '../guard-settings.tsx';
import { DistributorClients } from './distributor-clients.tsx';
import { DistributorOffers } from './distributor-offers.tsx';
import { DistributorPeople } from './distributor-people.tsx';
import { Suspend } from './suspend.tsx';

/** Everything about one distributor on a page: what it is offered, what it sells, its guards, programs and people. */
export function OneDistributor({ id }: { id: string }) {
  const m = useMessages();
  const o = useOfficeMessages();
  const may = useMay();
  const { data, error, isPending } = useDistributors();
  if (isPending) return <Skeleton />;
  if (!data) return <RefusalNote error={error} />;
  const distributor = data.find((each) => each.id === id);
  if (!distributor) return <Empty title={m.nothingFound} />;
  const { name, world, status } = distributor;
  const isSuspended = status === 'suspended';
  return (
    <>
      <p>
        <Link to="/settings/distributors">{o.distributor.all}</Link>
      </p>
      <header className="page-head">
        <h2>
          <bdi>{name}</bdi> <WorldBadge world={world} />{' '}
          {isSuspended && <span className="badge badge-ko">{m.distributors.suspended}</span>}
        </h2>
        {may('changeDistributor') && <Suspend id={id} name={name} isSuspended={isSuspended} />}
      </header>
      <div className="columns">
        <Summary distributor={distributor} all={data} />
        <DistributorPeople id={id} />
      </div>
      <DistributorOffers id={id} />
      <LastSales title={o.distributor.lastSales} of={{ distributor: id }} />
      <div className="columns">
        <section className="card" aria-label={m.settings.guards}>
          <h2>{m.settings.guards}</h2>
          <GuardsOf key={id} distributor={id} />
        </section>
        {may('listCredentials') && <DistributorClients id={id} />}
      </div>
    </>
  );
}

/** What it is, how it sold lately, and the ways to what else there is of it. */
function Summary({ distributor, all }: { distributor: Distributor; all: readonly Distributor[] }) {
  const m = useMessages();
  const o = useOfficeMessages();
  const f = useFormats();
  const { id, world, sandbox_of, creation_date } = distributor;
  const { data: overview } = useLately('month', id);
  const linked = (other: Distributor | undefined) => other && <DistributorLink id={other.id} name={other.name} />;
  return (
    <section className="card" aria-label={o.distributor.facts}>
      <h2>{o.distributor.facts}</h2>
      <Facts
        facts={[
          [o.distributor.world, m[world]],
          [o.distributor.sandboxOf, linked(all.find((each) => each.id === sandbox_of))],
          [o.distributor.itsSandbox, linked(all.find((each) => each.sandbox_of === id))],
          [o.distributor.since, f.day(creation_date)],
          [
            o.distributor.lastDays,
            overview && o.distributor.sold(f.number(overview.totals.ok), writeMoney(f, overview.totals)),
          ],
          [o.distributor.rate, overview && writeRate(f, overview.totals)],
        ]}
      />
      <nav className="actions" aria-label={o.distributor.look}>
        <Link to={`/transactions?distributor=${id}`}>{m.distributors.sales}</Link>
        <Link to={`/overview?distributor=${id}`}>{o.distributor.itsOverview}</Link>
        <Link to={`/month-end/statements?distributor=${id}`}>{o.distributor.itsStatements}</Link>
      </nav>
    </section>
  );
}
