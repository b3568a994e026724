import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { Empty } from '../../parts/empty.tsx';
import { Refusal } from '../../parts/refusal.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useOffers } from '../sell/offers.ts';

/** The stock of the distributor's own offers, the emptiest first. */
export function OwnStock() {
  const m = useMessages();
  const f = useFormats();
  const { data, error, isPending } = useOffers();
  if (isPending) return <Skeleton />;
  if (!data) return <Refusal error={error} />;
  if (data.length === 0) return <Empty title={m.sell.noOffers}>{m.sell.noOffersHint}</Empty>;
  return (
    <Scroll className="table-place" label={m.pages.stock}>
      <table>
        <thead>
          <tr>
            <th scope="col">{m.sell.offer}</th>
            <th scope="col" className="number">
              {m.stock.available}
            </th>
            <th scope="col" className="number">
              {m.stock.cost}
            </th>
            <th scope="col" className="number">
              {m.stock.price}
            </th>
            <th scope="col">{m.stock.changed}</th>
          </tr>
        </thead>
        <tbody>
          {data
            .toSorted((a, b) => a.bucket - b.bucket)
            .map((offer) => (
              <tr key={offer.id}>
                <th scope="row">{offer.name}</th>
                <td className="number">
                  <Units units={offer.bucket} />
                </td>
                <td className="number">{f.money(offer.resell_value, offer.product.reference_currency)}</td>
                <td className="number">{f.money(offer.public_price, offer.product.reference_currency)}</td>
                <td>{f.moment(offer.last_bucket_update)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** Units in stock; none is said in words too. */
export function Units({ units }: { units: number }) {
  const m = useMessages();
  const f = useFormats();
  return units === 0 ? <span className="badge badge-ko">{m.sell.empty}</span> : <strong>{f.number(units)}</strong>;
}
