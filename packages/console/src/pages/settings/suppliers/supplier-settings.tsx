import type { Supplier } from '@opentopup/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { useFormats } from '../../../language/format.ts';
import { useMessages } from '../../../language/language.ts';
import { Empty } from '../../../parts/empty.tsx';
import { RefusalNote } from '../../../parts/refusal-note.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';
import { server } from '../../../server.ts';
import { useMay } from '../../../session/session.ts';
import { CatalogueCard } from './catalogue-card.tsx';
import { FundsCard } from './funds-card.tsx';
import { HealthCard } from './health-card.tsx';
import { PromotionsCard } from './promotions-card.tsx';
import { SupplierTraffic } from './supplier-traffic.tsx';

/** The operator's suppliers; or one of them: how it does, its money, what goes through it, what it lists, and what it adds for now. */
export function SupplierSettings() {
  const m = useMessages();
  const may = useMay();
  const { id } = useParams();
  const { data, error, isPending } = useQuery({
    queryKey: ['suppliers'],
    queryFn: () => Array.fromAsync(server.operator.each('listSuppliers', { query: { limit: 1_000 } })),
    enabled: may('listSuppliers'),
    // A catalogue that is being read grows.
    refetchInterval: ({ state }) =>
      state.data?.some(({ catalogue }) => catalogue?.coming !== undefined) ? 2_000 : false,
  });
  if (isPending) return <Skeleton />;
  if (!data) return <RefusalNote error={error} />;
  if (id === undefined) return <Suppliers suppliers={data} />;
  const supplier = data.find((each) => each.id === id);
  if (!supplier) return <Empty title={m.nothingFound} />;
  return (
    <>
      <p>
        <Link to="/settings/suppliers">{m.settings.suppliers}</Link> · <strong>{supplier.name}</strong>
      </p>
      <div className="columns">
        <HealthCard supplier={supplier} />
        <FundsCard supplier={supplier} />
      </div>
      <SupplierTraffic id={id} />
      <CatalogueCard supplier={supplier} />
      {may('listSupplierPromotions') && <PromotionsCard key={id} supplierId={id} />}
    </>
  );
}

function Suppliers({ suppliers }: { suppliers: readonly Supplier[] }) {
  const m = useMessages();
  const f = useFormats();
  return (
    <section className="card">
      <h2>{m.settings.suppliers}</h2>
      {suppliers.length === 0 && <Empty title={m.suppliers.none} />}
      <ul className="plain">
        {suppliers.map((supplier) => {
          const { id, name, country, connector, status, balance, outage } = supplier;
          return (
            <li key={id} className="entry">
              <span>
                <strong>
                  <Link to={`/settings/suppliers/${id}`}>{name}</Link>
                </strong>{' '}
                {status === 'revoked' && <span className="badge badge-ko">{m.suppliers.revoked}</span>}
                {outage && !outage.until && <span className="badge badge-ko">{m.suppliers.down}</span>}
                <span className="hint">
                  {f.country(country)} · {connector ?? m.suppliers.noConnector}
                </span>
              </span>
              {balance?.available !== undefined && (
                <span className={balance.low_date ? 'badge badge-ko' : undefined}>
                  {f.money(balance.available, balance.currency ?? '')}
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
