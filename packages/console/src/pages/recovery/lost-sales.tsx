import type { ReconciliationCase, Recovery } from '@opentopup/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useBooksMessages } from '../../language/books.ts';
import { useFormats } from '../../language/format.ts';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { server } from '../../server.ts';
import { useMay } from '../../session/session.ts';
import { EndCase } from '../reconciliation/end-case.tsx';
import { useCase } from '../reconciliation/use-case.ts';

const HOUR_MS = 3_600_000;
/** So many are shown at once; the others come as these are ended. */
const SHOWN = 50;

/** The lost sales one by one, to say of which offer they are or to accept that they are not known. */
export function LostSales({ recovery: { since, lost, status } }: { recovery: Recovery }) {
  const b = useBooksMessages();
  const from_ms = Date.parse(since) - HOUR_MS;
  const left = lost.one_offer + lost.several_offers + lost.no_offer;
  const { data } = useQuery({
    queryKey: ['reconciliation cases', 'lost', since, left],
    enabled: status === 'open' && left > 0,
    queryFn: async () => {
      const query = { kind: 'delivered_there_not_sold_here', status: 'open', limit: 1_000 } as const;
      const found: ReconciliationCase[] = [];
      for await (const each of server.operator.each('listReconciliationCases', { query })) {
        if (each.transaction_id !== undefined && Date.parse(each.date) >= from_ms) found.push(each);
        if (found.length === SHOWN) break;
      }
      return found;
    },
  });
  if (!data || data.length === 0 || left === 0) return null;
  return (
    <section aria-label={b.recovery.lost}>
      {data.map((found) => (
        <LostSale key={found.id} found={found} />
      ))}
    </section>
  );
}

/** One of them; which offers fit is asked for once somebody opens it. */
function LostSale({ found }: { found: ReconciliationCase }) {
  const f = useFormats();
  const [isOpen, setOpen] = useState(false);
  const { date, line, supplier_name, theirs } = found;
  const value = theirs?.value === undefined ? undefined : f.cost(theirs.value, theirs.value_currency);
  return (
    <details className="card" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{[f.moment(date), supplier_name, value, line].filter(Boolean).join(' · ')}</summary>
      {isOpen && <LostSaleEnd id={found.id} />}
    </details>
  );
}

function LostSaleEnd({ id }: { id: string }) {
  const may = useMay();
  const { data, error } = useCase(id);
  if (!data) return error ? <RefusalNote error={error} /> : <Skeleton />;
  return may('endReconciliationCase') && <EndCase found={data} />;
}
