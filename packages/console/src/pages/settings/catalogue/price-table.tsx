import { useFormats } from '../../../language/format.ts';
import { useMessages } from '../../../language/language.ts';
import { useOfficeMessages } from '../../../language/office.ts';
import { Scroll } from '../../../parts/scroll.tsx';
import { marginOf } from './new-price.ts';
import type { NewPrice } from './price-change.ts';

/** Each old price beside the new one, and what would be left of it. Those at a loss stand first. */
export function PriceTable({ prices }: { prices: readonly NewPrice[] }) {
  const m = useMessages();
  const o = useOfficeMessages();
  const f = useFormats();
  const leftOf = ({ offer, price }: NewPrice): number | null => (price === null ? null : marginOf(price, offer.cost));
  const sorted = prices.toSorted((a, b) => (leftOf(a) ?? Infinity) - (leftOf(b) ?? Infinity));
  return (
    <Scroll className="table-place table-tall" label={o.prices.title}>
      <table>
        <thead>
          <tr>
            <th scope="col">{m.sell.offer}</th>
            {[o.prices.old, o.prices.now, o.prices.margin].map((name) => (
              <th key={name} scope="col" className="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((each) => {
            const { offer, owner, price } = each;
            const left = leftOf(each);
            return (
              <tr key={offer.id}>
                <th scope="row">
                  <bdi>{offer.name}</bdi>
                  <span className="hint">
                    <bdi>{owner}</bdi>
                  </span>
                </th>
                <td className="number">{f.money(offer.resell_value, offer.currency)}</td>
                <td className="number">{price === null ? o.prices.none : f.money(price, offer.currency)}</td>
                <td className={left !== null && left < 0 ? 'number ink-bad' : 'number'}>
                  {left === null ? '–' : f.percent(left)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}
