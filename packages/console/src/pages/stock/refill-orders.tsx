import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useBooksMessages } from '../../language/books.ts';
import { useFormats } from '../../language/format.ts';
import { inWords } from '../../language/in-words.ts';
import { useLanguage } from '../../language/language.ts';
import { ConfirmDeed } from '../../parts/confirm-deed.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { WhoseStock } from '../../parts/whose-stock.tsx';
import { queries, server } from '../../server.ts';
import { useMay } from '../../session/session.ts';
import { type AnyOrder, DecideRefill } from './decide-refill.tsx';

/** The orders of units about which nobody has decided yet; nothing where there are none. */
export function RefillOrders() {
  const b = useBooksMessages();
  const f = useFormats();
  const may = useMay();
  const language = useLanguage();
  const isOperator = may('listRefillOrders');
  const { data } = useQuery({
    queryKey: ['refill orders'],
    enabled: isOperator || may('listOwnRefillOrders'),
    queryFn: (): Promise<AnyOrder[]> => {
      const query = { status: 'open' } as const;
      return isOperator
        ? server.operator.call('listRefillOrders', { query })
        : server.opentopup.call('listOwnRefillOrders', { query });
    },
  });
  if (!data || data.length === 0) return null;
  return (
    <section className="card" aria-label={b.refill.open}>
      <h2>{b.refill.open}</h2>
      <ul className="plain">
        {data.map((order) => (
          <li key={order.id}>
            <p>
              {b.refill.unitsOf(f.number(order.units), order.offer_name)}
              {isOperator && <span className="hint">{inWords(order.units, language)}</span>}
            </p>
            {order.distributor_id && <WhoseStock distributor={order.distributor_id} />}
            <p className="hint">
              {[
                order.reference,
                f.moment(order.creation_date),
                order.available !== undefined && b.refill.inStock(f.number(order.available)),
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
            {may('decideRefillOrder') && <DecideRefill order={order} />}
            {may('withdrawRefillOrder') && <Withdraw order={order} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Takes an own order back, as long as nobody has decided about it. */
function Withdraw({ order: { id, units, offer_name } }: { order: AnyOrder }) {
  const b = useBooksMessages();
  const f = useFormats();
  const language = useLanguage();
  const [isAsked, setAsked] = useState(false);
  const withdraw = useMutation({
    mutationFn: () => server.opentopup.call('withdrawRefillOrder', { params: { id } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['refill orders'] }),
  });
  return (
    <div>
      <RefusalNote error={withdraw.error} />
      <div className="actions">
        <button type="button" className="button" disabled={withdraw.isPending} onClick={() => setAsked(true)}>
          {b.refill.withdraw}
        </button>
      </div>
      {isAsked && (
        <ConfirmDeed
          title={b.refill.withdrawSure}
          deed={b.refill.withdraw}
          onDo={() => withdraw.mutate()}
          onClose={() => setAsked(false)}
        >
          <p className="big">{b.refill.unitsOf(f.number(units), offer_name)}</p>
          <p>{inWords(units, language)}</p>
          <p className="hint">{b.refill.withdrawHint}</p>
        </ConfirmDeed>
      )}
    </div>
  );
}
