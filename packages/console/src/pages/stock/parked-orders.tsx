import type { OperatorParkedOrder, ParkedOrder } from '@opentopup/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useBooksMessages } from '../../language/books.ts';
import { useFormats } from '../../language/format.ts';
import { ConfirmDeed } from '../../parts/confirm-deed.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { WhoseStock } from '../../parts/whose-stock.tsx';
import { queries, server } from '../../server.ts';
import { useMay } from '../../session/session.ts';
import { useSellerName } from '../transactions/sale-names.tsx';

type AnyParkedOrder = ParkedOrder & Partial<OperatorParkedOrder>;

/** So many are shown; of more, the stock of each offer tells the number. */
const MOST = 20;

/** The orders that wait for units, the newest first; nothing where there are none. */
export function ParkedOrders() {
  const b = useBooksMessages();
  const f = useFormats();
  const may = useMay();
  const sellerName = useSellerName();
  const isOperator = may('listAllParkedOrders');
  const { data } = useQuery({
    queryKey: ['parked orders'],
    enabled: isOperator || may('listParkedOrders'),
    queryFn: (): Promise<AnyParkedOrder[]> => {
      const query = { status: 'waiting', limit: MOST } as const;
      return isOperator
        ? server.operator.call('listAllParkedOrders', { query })
        : server.opentopup.call('listParkedOrders', { query });
    },
  });
  if (!data || data.length === 0) return null;
  return (
    <section className="card" aria-label={b.parking.waiting}>
      <h2>{b.parking.waiting}</h2>
      {data.length === MOST && <p className="hint">{b.parking.shown(f.number(MOST))}</p>}
      <ul className="plain">
        {data.map((order) => (
          <li key={order.id}>
            <p>{order.offer_name}</p>
            {order.distributor_id && <WhoseStock distributor={order.distributor_id} />}
            <p className="hint">
              {[
                order.place && b.parking.place(f.number(order.place)),
                order.parameters.msisdn ?? order.parameters.simId,
                sellerName(order.user_id),
                f.moment(order.creation_date),
                b.parking.until(f.moment(order.park_until)),
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
            {may('cancelParkedOrder') && <Cancel order={order} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Takes an order back that waits. */
function Cancel({ order: { id, offer_name, parameters } }: { order: ParkedOrder }) {
  const b = useBooksMessages();
  const [isAsked, setAsked] = useState(false);
  const cancel = useMutation({
    mutationFn: () => server.opentopup.call('cancelParkedOrder', { params: { id } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['parked orders'] }),
  });
  return (
    <div>
      <RefusalNote error={cancel.error} />
      <div className="actions">
        <button type="button" className="button" disabled={cancel.isPending} onClick={() => setAsked(true)}>
          {b.parking.cancel}
        </button>
      </div>
      {isAsked && (
        <ConfirmDeed
          title={b.parking.cancelSure}
          deed={b.parking.cancel}
          onDo={() => cancel.mutate()}
          onClose={() => setAsked(false)}
        >
          <p className="big">{[offer_name, parameters.msisdn ?? parameters.simId].filter(Boolean).join(' · ')}</p>
          <p className="hint">{b.parking.cancelHint}</p>
        </ConfirmDeed>
      )}
    </div>
  );
}
