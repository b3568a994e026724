import { useState } from 'react';
import { Link } from 'react-router';
import { useFormats } from '../../../language/format.ts';
import { useMessages } from '../../../language/language.ts';
import { useOfficeMessages } from '../../../language/office.ts';
import { DistributorField } from '../../../parts/distributor-field.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { SelectField } from '../../../parts/field.tsx';
import { FindField, useFinding } from '../../../parts/find-field.tsx';
import { RefusalNote } from '../../../parts/refusal-note.tsx';
import { RowList } from '../../../parts/row-list.tsx';
import { Skeleton } from '../../../parts/skeleton.tsx';
import { useMay } from '../../../session/session.ts';
import { SupplierField } from '../../reconciliation/supplier-field.tsx';
import { marginOf } from './new-price.ts';
import { PriceForm } from './price-form.tsx';
import { type FoundOffer, OFFER_STATES, useFoundOffers } from './use-found-offers.ts';

/** Every offer, found by what it is called and how it stands; those that are chosen get new prices together. */
export function AllOffers() {
  const m = useMessages();
  const o = useOfficeMessages();
  const f = useFormats();
  const mayChange = useMay()('importCsv');
  const { find, setFind, isFound } = useFinding();
  const { found, filters, change, error } = useFoundOffers(isFound);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  if (!found) return error ? <RefusalNote error={error} /> : <Skeleton />;
  const isAll = found.length > 0 && found.every(({ offer }) => chosen.has(offer.id));
  const choose = (id: string): void =>
    setChosen(new Set([...chosen].filter((each) => each !== id).concat(chosen.has(id) ? [] : id)));
  return (
    <>
      <search className="filters">
        <FindField label={m.stock.find} find={find} onFind={setFind} />
        <DistributorField value={filters.distributor ?? ''} onChoose={(distributor) => change({ distributor })} />
        <SupplierField value={filters.supplier ?? ''} every={m.all} onChoose={(supplier) => change({ supplier })} />
        <SelectField
          label={m.transactions.status}
          value={filters.state ?? ''}
          options={[
            { value: '', label: m.all },
            ...OFFER_STATES.map((value) => ({ value, label: o.catalogue.states[value] })),
          ]}
          onChoose={(state) => change({ state })}
        />
      </search>
      <div className="actions lead">
        {mayChange && found.length > 0 ? (
          <label className="check">
            <input
              type="checkbox"
              checked={isAll}
              onChange={() => setChosen(new Set(isAll ? [] : found.map(({ offer }) => offer.id)))}
            />
            {o.catalogue.chooseAll(f.number(found.length), found.length)}
          </label>
        ) : (
          <span>{o.catalogue.count(f.number(found.length), found.length)}</span>
        )}
        {filters.product && (
          <button type="button" className="link" onClick={() => change({ product: '' })}>
            {o.catalogue.ofAllProducts}
          </button>
        )}
      </div>
      {chosen.size > 0 && (
        <PriceForm
          key={[...chosen].join()}
          offers={found.filter(({ offer }) => chosen.has(offer.id))}
          onDone={() => setChosen(new Set())}
        />
      )}
      {found.length === 0 && <Empty title={m.nothingFound} />}
      <RowList label={o.catalogue.views.offers} rows={found} keyOf={({ offer }) => offer.id} height_px={72}>
        {(row) => (
          <Row {...row} isChosen={chosen.has(row.offer.id)} onChoose={mayChange ? () => choose(row.offer.id) : null} />
        )}
      </RowList>
    </>
  );
}

/** An offer: whose it is, what it is sold for, and what is left of that. */
function Row({
  offer,
  owner,
  product,
  isChosen,
  onChoose,
}: FoundOffer & { isChosen: boolean; onChoose: (() => void) | null }) {
  const o = useOfficeMessages();
  const f = useFormats();
  const { id, name, status, resell_value, cost, currency } = offer;
  const margin = marginOf(resell_value, cost);
  return (
    <div className="row">
      {onChoose && (
        <input type="checkbox" aria-label={o.catalogue.choose(name, owner)} checked={isChosen} onChange={onChoose} />
      )}
      <span className="row-main">
        <Link className="row-title row-long" to={`/stock/${id}`}>
          <bdi>{name}</bdi>
        </Link>
        <span className="hint">
          <bdi>{owner}</bdi> · <bdi>{product?.name}</bdi>
        </span>
      </span>
      <span className="row-side">
        {f.money(resell_value, currency)}
        {status === 'available' ? (
          <span className={margin !== null && margin < 0 ? 'hint ink-bad' : 'hint'}>
            {margin === null ? o.catalogue.noCost : o.catalogue.margin(f.percent(margin))}
          </span>
        ) : (
          <span className="hint">
            <span className="badge badge-ko">{o.catalogue.states.stopped}</span>
          </span>
        )}
      </span>
    </div>
  );
}
