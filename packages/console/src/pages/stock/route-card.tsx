import { AnswerError } from '@opentopup/client';
import type { OfferRoute, OperatorOffer } from '@opentopup/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { server } from '../../server.ts';
import { useMay } from '../../session/session.ts';
import { RouteForm } from './route-form.tsx';

/** Gives the route of an offer; null where it has none. */
function useRoute(id: string) {
  return useQuery({
    queryKey: ['route', id],
    queryFn: async (): Promise<OfferRoute | null> => {
      try {
        return await server.operator.call('getOfferRoute', { params: { id } });
      } catch (error) {
        if (error instanceof AnswerError && error.status === 404) return null;
        throw error;
      }
    },
  });
}

/** Which products may deliver an offer, for the operator: how each stands now, and where it may be, how they are chosen. */
export function RouteCard({ offer }: { offer: OperatorOffer }) {
  const m = useMessages();
  const may = useMay();
  const [isChanging, setChanging] = useState(false);
  const { data: route, error } = useRoute(offer.id);
  return (
    <section className="card" aria-label={m.route.title}>
      <h2>{m.route.title}</h2>
      <RefusalNote error={error} />
      {route === null && <p className="hint">{m.route.none}</p>}
      {route && <RouteFacts route={route} />}
      {route !== undefined && isChanging && <RouteForm offer={offer} route={route} onDone={() => setChanging(false)} />}
      {route !== undefined && !isChanging && may('setOfferRoute') && (
        <button type="button" className="button" onClick={() => setChanging(true)}>
          {m.route.change}
        </button>
      )}
    </section>
  );
}

function RouteFacts({ route }: { route: OfferRoute }) {
  const m = useMessages();
  const f = useFormats();
  const { strategy, sell_below_cost, products } = route;
  return (
    <>
      <p className="hint">
        {m.route.strategies[strategy]}. {sell_below_cost ? m.route.sellsBelowCost : m.route.guarded}
      </p>
      <Scroll className="table-place" label={m.route.title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{m.supplier}</th>
              <th scope="col">{m.route.now}</th>
              <th scope="col">{m.route.product}</th>
              <th scope="col" className="number">
                {m.route.cost}
              </th>
            </tr>
          </thead>
          <tbody>
            {products.map(({ product_id, supplier_name, product_name, cost, cost_currency, weight, obstacle }) => (
              <tr key={product_id}>
                <th scope="row">{supplier_name}</th>
                <td>{obstacle ? m.route.obstacles[obstacle] : m.route.ready}</td>
                <td>{strategy === 'weight' ? `${product_name} (${f.number(weight)})` : product_name}</td>
                <td className="number">{cost === undefined ? '–' : f.money(cost, cost_currency ?? '')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}
