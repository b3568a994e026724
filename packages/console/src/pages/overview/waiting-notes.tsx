import type { Overview } from '@opentopup/contract';
import { Link } from 'react-router';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';

/** Says how many orders wait for units, and leads there; nothing where none does. Of agents, every page tells. */
export function WaitingNotes({ waiting }: Pick<Overview, 'waiting'>) {
  const m = useMessages();
  const f = useFormats();
  const { parked_orders } = waiting;
  if (parked_orders === 0) return null;
  return (
    <p className="notice">
      <Link to="/stock">{m.stock.parkedOrders(f.number(parked_orders), parked_orders)}</Link>
    </p>
  );
}
