import type { OperatorOffer } from '@opentopup/contract';
import { useState } from 'react';
import { useMessages } from '../../language/language.ts';
import { Empty } from '../../parts/empty.tsx';
import { SelectField } from '../../parts/field.tsx';
import { FindField, useFinding } from '../../parts/find-field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { RowList } from '../../parts/row-list.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useAllOffers, useDistributors } from '../../parts/use-all-offers.ts';
import { useMay } from '../../session/session.ts';
import { AllStockRow } from './all-stock-row.tsx';
import { Grant } from './grant.tsx';
import { Resume } from './resume.tsx';
import { STOCK_ROW_PX } from './units.tsx';

/** What was stopped because of its price waits for a person. */
const waits = ({ status }: OperatorOffer): number => Number(status === 'price_changed');

/** The stock of every distributor, what waits for a person and the fewest units first, and the way to fill it. Only rows in sight ask for forecasts. */
export function AllStock() {
  const m = useMessages();
  const may = useMay();
  const mayGrant = may('createGrant');
  const mayResume = may('changeOffer');
  const offers = useAllOffers();
  const distributors = useDistributors();
  const [chosen, setChosen] = useState('');
  const { find, setFind, isFound } = useFinding();
  const [granted, setGranted] = useState<OperatorOffer | null>(null);
  const [resumed, setResumed] = useState<OperatorOffer | null>(null);
  if (offers.isPending || distributors.isPending) return <Skeleton />;
  if (!offers.data || !distributors.data) return <RefusalNote error={offers.error ?? distributors.error} />;
  if (offers.data.length === 0) return <Empty title={m.stock.noOffers} />;
  const names = new Map(distributors.data.map(({ id, name }) => [id, name]));
  const rows = offers.data
    .filter(({ distributor_id }) => chosen === '' || distributor_id === chosen)
    .filter(({ name, distributor_id }) => isFound(name, names.get(distributor_id) ?? ''))
    .toSorted((a, b) => waits(b) - waits(a) || a.bucket.available - b.bucket.available);
  return (
    <>
      <search className="filters">
        <FindField label={m.stock.find} find={find} onFind={setFind} />
        <SelectField
          label={m.distributor}
          value={chosen}
          options={[{ value: '', label: m.all }, ...[...names].map(([value, label]) => ({ value, label }))]}
          onChoose={setChosen}
        />
      </search>
      {rows.length === 0 && <Empty title={m.nothingFound} />}
      <RowList label={m.pages.stock} rows={rows} keyOf={({ id }) => id} height_px={STOCK_ROW_PX}>
        {(offer) => (
          <AllStockRow
            offer={offer}
            owner={names.get(offer.distributor_id) ?? offer.distributor_id}
            onGrant={mayGrant ? () => setGranted(offer) : null}
            onResume={mayResume && offer.status === 'price_changed' ? () => setResumed(offer) : null}
          />
        )}
      </RowList>
      {granted && <Grant key={granted.id} offer={granted} onDone={() => setGranted(null)} />}
      {resumed && <Resume key={resumed.id} offer={resumed} onDone={() => setResumed(null)} />}
    </>
  );
}
