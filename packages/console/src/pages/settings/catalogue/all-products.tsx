import { Link } from 'react-router';
import { useFormats } from '../../../language/format.ts';
import { useMessages } from '../../../language/language.ts';
import { useOfficeMessages } from '../../../language/office.ts';
import { Empty } from '../../../parts/empty.tsx';
import { FindField, useFinding } from '../../../parts/find-field.tsx';
import { RefusalNote } from '../../../parts/refusal-note.tsx';
import { RowList } from '../../../parts/row-list.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';
import { useAddress } from '../../../parts/use-address.ts';
import { useAllOffers } from '../../../parts/use-all-offers.ts';
import { SupplierField } from '../../reconciliation/supplier-field.tsx';
import { useSupplierChoices } from '../../transactions/use-choices.ts';
import { useProducts } from './use-found-offers.ts';

const NAMES = ['supplier'] as const;

/** Every product, found by its name, network or the supplier's reference, with the way to its offers. */
export function AllProducts() {
  const m = useMessages();
  const o = useOfficeMessages();
  const f = useFormats();
  const { data, error } = useProducts();
  const offers = useAllOffers().data ?? [];
  const suppliers = useSupplierChoices();
  const [{ supplier = '' }, change] = useAddress(NAMES);
  const { find, setFind, isFound } = useFinding();
  if (!data) return error ? <RefusalNote error={error} /> : <Skeleton />;
  const counts = Map.groupBy(offers, ({ product_id }) => product_id);
  const rows = data.filter(
    ({ id, name, supplier_id, network, supplier_reference }) =>
      (supplier === '' || supplier_id === supplier) && isFound(name, network?.name ?? '', supplier_reference ?? '', id),
  );
  return (
    <>
      <search className="filters">
        <FindField label={o.catalogue.findProduct} find={find} onFind={setFind} />
        <SupplierField value={supplier} every={m.all} onChoose={(chosen) => change({ supplier: chosen })} />
      </search>
      {rows.length === 0 && <Empty title={m.nothingFound} />}
      <RowList label={o.catalogue.views.products} rows={rows} keyOf={({ id }) => id} height_px={72}>
        {({ id, name, supplier_id, status, supplier_reference, network, line_country, bonus_value, currency }) => {
          const count = counts.get(id)?.length ?? 0;
          const about = [
            suppliers?.find(({ value }) => value === supplier_id)?.label,
            line_country && f.country(line_country),
            network?.name,
            supplier_reference,
          ];
          return (
            <div className="row">
              <span className="row-main">
                <span className="row-title row-long">
                  <bdi>{name}</bdi>
                </span>
                <span className="hint">{about.filter(Boolean).join(' · ')}</span>
              </span>
              <span className="row-side">
                {status !== 'available' && <span className="badge badge-ko">{o.catalogue.notSold}</span>}{' '}
                {f.money(bonus_value, currency)}
                <Link className="hint" to={`/settings/catalogue/offers?product=${id}`}>
                  {o.catalogue.offersOf(f.number(count), count)}
                </Link>
              </span>
            </div>
          );
        }}
      </RowList>
    </>
  );
}
