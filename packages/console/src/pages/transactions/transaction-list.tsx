import { staffMessage } from '@opentopup/contract';
import { Link } from 'react-router';
import { useFormats } from '../../language/format.ts';
import { useLanguage, useMessages } from '../../language/language.ts';
import { useServerWords } from '../../language/server-words.ts';
import { RowList } from '../../parts/row-list.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import type { AnyTransaction } from './any-transaction.ts';
import { useSellerName } from './sale-names.tsx';

interface Props {
  rows: readonly AnyTransaction[];
  hasMore: boolean;
  onEnd: () => void;
}

/** Sales, newest first: on a phone what tells one from the other, at a desk in columns. */
export function TransactionList(props: Props) {
  const m = useMessages();
  const sellerName = useSellerName();
  const who = `${m.transactions.seller} · ${m.supplier}`;
  const columns = [m.transactions.time, m.transactions.line, m.sell.offer, who];
  return (
    <div className="sales">
      <div className="sale sale-head" aria-hidden>
        {[...columns, m.transactions.status, m.stock.price].map((name) => (
          <span key={name}>{name}</span>
        ))}
      </div>
      <RowList label={m.pages.transactions} keyOf={({ id }) => id} {...props}>
        {(row) => <Row row={row} seller={sellerName(row.user_id)} />}
      </RowList>
    </div>
  );
}

/** Gives the first sentence, which says what is the matter; what to do then stands on the page of the sale. */
const firstSentence = (text: string): string => text.split(/(?<=\.) /)[0] ?? text;

/** Tells why a sale stands as it does, where that says more than its status. */
function useWhy(): (row: AnyTransaction) => string | undefined {
  const language = useLanguage();
  const words = useServerWords();
  return ({ reason, status, reversal, pending_cause }) => {
    if (status === 'pending') return words(pending_cause ?? '') ?? undefined;
    return reason && !reversal ? firstSentence(staffMessage(reason, language)) : undefined;
  };
}

function Row({ row, seller }: { row: AnyTransaction; seller: string | undefined }) {
  const f = useFormats();
  const why = useWhy()(row);
  const { msisdn, simId, iccid } = row.parameters;
  return (
    <Link className="row sale" to={`/transactions/${row.id}`}>
      <span className="sale-time hint">{f.short(row.creation_date)}</span>
      <span className="sale-line row-title">{msisdn ?? simId ?? iccid ?? '–'}</span>
      <span className="sale-offer hint">
        {row.distributor_name && (
          <>
            <bdi>{row.distributor_name}</bdi> ·{' '}
          </>
        )}
        <bdi>{row.offer_name}</bdi>
      </span>
      <bdi className="sale-seller hint">{seller}</bdi>
      <bdi className="sale-supplier hint">{row.supplier_name}</bdi>
      <span className="sale-status">
        <StatusBadge {...row} />{' '}
        {why && (
          <span className="sale-why hint" title={why}>
            {why}
          </span>
        )}
      </span>
      <span className="sale-price">{f.money(row.public_price, row.local_currency)}</span>
    </Link>
  );
}
