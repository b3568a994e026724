import { Link } from 'react-router';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { RowList } from '../../parts/row-list.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import type { AnyTransaction } from './any-transaction.ts';

interface Props {
  rows: readonly AnyTransaction[];
  hasMore: boolean;
  onEnd: () => void;
}

export function TransactionList(props: Props) {
  const m = useMessages();
  return (
    <RowList label={m.pages.transactions} keyOf={({ id }) => id} {...props}>
      {(row) => <Row row={row} />}
    </RowList>
  );
}

function Row({ row }: { row: AnyTransaction }) {
  const f = useFormats();
  const { msisdn, simId, iccid } = row.parameters;
  return (
    <Link className="row" to={`/transactions/${row.id}`}>
      <span className="row-main">
        <span className="row-title">{msisdn ?? simId ?? iccid ?? '–'}</span>
        <span className="hint">
          {row.distributor_name && `${row.distributor_name} · `}
          {row.offer_name}
        </span>
      </span>
      <span className="row-side">
        <StatusBadge {...row} />
        <span className="hint">{f.short(row.creation_date)}</span>
      </span>
      <span className="row-price">{f.money(row.resell_value, row.local_currency)}</span>
    </Link>
  );
}
