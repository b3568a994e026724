import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { StatusBadge } from '../../parts/status-badge.tsx';
import type { AnyTransaction } from './use-transactions.ts';

const ROW_PX = 64;
const AHEAD = 8;

interface Props {
  rows: readonly AnyTransaction[];
  hasMore: boolean;
  onEnd: () => void;
}

/** However long it is, only the rows in sight are on the page. */
export function TransactionList({ rows, hasMore, onEnd }: Props) {
  const m = useMessages();
  const list = useRef<HTMLUListElement>(null);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_PX,
    overscan: AHEAD,
    scrollMargin: list.current?.offsetTop ?? 0,
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && last >= rows.length - AHEAD) onEnd();
  }, [hasMore, last, rows.length, onEnd]);
  return (
    <ul
      ref={list}
      className="rows"
      aria-label={m.pages.transactions}
      style={{ height: virtual.getTotalSize(), position: 'relative' }}
    >
      {shown.map(({ index, start }) => {
        const row = rows[index];
        return (
          row && (
            <li
              key={row.id}
              aria-setsize={hasMore ? -1 : rows.length}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${start - virtual.options.scrollMargin}px)`, height: ROW_PX }}
            >
              <Row row={row} />
            </li>
          )
        );
      })}
    </ul>
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
        <StatusBadge status={row.status} />
        <span className="hint">{f.short(row.creation_date)}</span>
      </span>
      <span className="row-price">{f.money(row.resell_value, row.local_currency)}</span>
    </Link>
  );
}
