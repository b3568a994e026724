import type { OfferRoute, OperatorOffer, Product, RouteCreation, RouteStrategy } from '@opentopup/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useMessages } from '../../language/language.ts';
import { Field, SelectField } from '../../parts/field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { queries, server } from '../../server.ts';
import { useMay } from '../../session/session.ts';
import { RouteReplay } from './route-replay.tsx';

interface Props {
  offer: OperatorOffer;
  route: OfferRoute | null;
  onDone: () => void;
}

type Entry = { product_id: string; weight: number };

/** Sets the products that may deliver an offer, or leaves that to its own again. */
export function RouteForm({ offer, route: known, onDone }: Props) {
  const m = useMessages();
  const [strategy, setStrategy] = useState<RouteStrategy>(known?.strategy ?? 'order');
  const [entries, setEntries] = useState<Entry[]>(known?.products ?? [{ product_id: offer.product_id, weight: 1 }]);
  const [sells, setSells] = useState(known?.sell_below_cost ?? false);
  const done = (): void => {
    void queries.invalidateQueries({ queryKey: ['route', offer.id] });
    void queries.invalidateQueries({ queryKey: ['all offers'] });
    onDone();
  };
  const set = useMutation({
    mutationFn: (body: RouteCreation) => server.operator.call('setOfferRoute', { params: { id: offer.id }, body }),
    onSuccess: done,
  });
  const remove = useMutation({
    mutationFn: () => server.operator.call('removeOfferRoute', { params: { id: offer.id } }),
    onSuccess: done,
  });
  const may = useMay();
  const products = entries.map(({ product_id, weight }) => ({ product_id, weight }));
  const route: RouteCreation = { strategy, products, sell_below_cost: sells };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    set.mutate(route);
  };
  const strategies = (Object.keys(m.route.strategies) as RouteStrategy[]).map((value) => ({
    value,
    label: m.route.strategies[value],
  }));
  return (
    <form onSubmit={submit} aria-label={m.route.change}>
      <SelectField label={m.route.strategy} value={strategy} options={strategies} onChoose={setStrategy} />
      <RouteEntries offer={offer} isWeighed={strategy === 'weight'} entries={entries} onChange={setEntries} />
      <label className="check">
        <input type="checkbox" checked={sells} onChange={(event) => setSells(event.target.checked)} />
        {m.route.sellBelowCost}
      </label>
      {may('replaySales') && <RouteReplay offer={offer} route={route} />}
      <RefusalNote error={set.error ?? remove.error} />
      <div className="pair">
        <button type="submit" className="button button-main" disabled={set.isPending}>
          {m.save}
        </button>
        <button type="button" className="button" onClick={onDone}>
          {m.cancel}
        </button>
        {known && (
          <button type="button" className="button" disabled={remove.isPending} onClick={() => remove.mutate()}>
            {m.route.remove}
          </button>
        )}
      </div>
    </form>
  );
}

interface EntriesProps {
  offer: OperatorOffer;
  isWeighed: boolean;
  entries: readonly Entry[];
  onChange: (entries: Entry[]) => void;
}

function RouteEntries({ offer, isWeighed, entries, onChange }: EntriesProps) {
  const m = useMessages();
  const { data: products = [] } = useQuery({
    queryKey: ['products'],
    queryFn: () => Array.fromAsync(server.operator.each('listProducts', { query: { limit: 1_000 } })),
  });
  const named = new Map(products.map((product) => [product.id, product]));
  const own = named.get(offer.product_id);
  const fits = (product: Product): boolean =>
    own !== undefined && product.line_kind === own.line_kind && product.currency === own.currency;
  const others = products.filter((each) => fits(each) && !entries.some(({ product_id }) => product_id === each.id));
  const options = [{ value: '', label: m.route.choose }, ...others.map(({ id, name }) => ({ value: id, label: name }))];
  const move = (from: number): void => {
    const [moved] = entries.slice(from, from + 1);
    const rest = entries.filter((_, i) => i !== from);
    if (moved) onChange([...rest.slice(0, from - 1), moved, ...rest.slice(from - 1)]);
  };
  return (
    <>
      <ol>
        {entries.map(({ product_id, weight }, i) => (
          <li key={product_id}>
            {named.get(product_id)?.name ?? product_id}{' '}
            {isWeighed && (
              <Field
                label={m.route.weight}
                type="number"
                min={1}
                max={1_000}
                required
                value={weight}
                onChange={({ target }) =>
                  onChange(entries.map((each, at) => (at === i ? { ...each, weight: Number(target.value) } : each)))
                }
              />
            )}
            {i > 0 && (
              <button type="button" className="button" onClick={() => move(i)}>
                {m.route.earlier}
              </button>
            )}
            {product_id !== offer.product_id && (
              <button type="button" className="button" onClick={() => onChange(entries.filter((_, at) => at !== i))}>
                {m.route.leaveOut}
              </button>
            )}
          </li>
        ))}
      </ol>
      <SelectField
        label={m.route.add}
        value=""
        options={options}
        onChoose={(product_id) => product_id && onChange([...entries, { product_id, weight: 1 }])}
      />
    </>
  );
}
