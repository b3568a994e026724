import { hindrance } from '@opentopup/contract/catalogue/hindrance';
import { useMessages } from '../../language/language.ts';
import { Empty } from '../../parts/empty.tsx';
import { FindField, useFinding } from '../../parts/find-field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { RowList } from '../../parts/row-list.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useOffers } from '../sell/offers.ts';
import { OwnStockRow } from './own-stock-row.tsx';
import { STOCK_ROW_PX } from './units.tsx';
import { byUrgency, useStocks } from './use-stock.ts';

/** The stock of the distributor's own offers, the most urgent first. */
export function OwnStock() {
  const m = useMessages();
  const { data, error, isPending } = useStocks();
  const offers = useOffers();
  const { find, setFind, isFound } = useFinding();
  if (isPending) return <Skeleton />;
  if (!data) return <RefusalNote error={error} />;
  if (data.length === 0) return <Empty title={m.sell.noOffers}>{m.sell.noOffersHint}</Empty>;
  const rows = data.filter(({ offer_name }) => isFound(offer_name)).toSorted(byUrgency);
  const obstacleOf = (id: string) => {
    const offer = offers.data?.find((each) => each.id === id);
    const obstacle = offer && hindrance(offer);
    return obstacle === 'expired' || obstacle === 'stopped' ? obstacle : null;
  };
  return (
    <>
      <search className="filters">
        <FindField label={m.stock.find} find={find} onFind={setFind} />
      </search>
      {rows.length === 0 && <Empty title={m.nothingFound} />}
      <RowList label={m.pages.stock} rows={rows} keyOf={({ offer_id }) => offer_id} height_px={STOCK_ROW_PX}>
        {(stock) => <OwnStockRow stock={stock} obstacle={obstacleOf(stock.offer_id)} />}
      </RowList>
    </>
  );
}
