import { useMessages } from '../../language/language.ts';
import { Empty } from '../../parts/empty.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { RowList } from '../../parts/row-list.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { OwnStockRow } from './own-stock-row.tsx';
import { byUrgency, useStocks } from './use-stock.ts';

const ROW_PX = 104;

/** The stock of the distributor's own offers, the most urgent first. */
export function OwnStock() {
  const m = useMessages();
  const { data, error, isPending } = useStocks();
  if (isPending) return <Skeleton />;
  if (!data) return <RefusalNote error={error} />;
  if (data.length === 0) return <Empty title={m.sell.noOffers}>{m.sell.noOffersHint}</Empty>;
  return (
    <RowList
      label={m.pages.stock}
      rows={data.toSorted(byUrgency)}
      keyOf={({ offer_id }) => offer_id}
      height_px={ROW_PX}
    >
      {(stock) => <OwnStockRow stock={stock} />}
    </RowList>
  );
}
