import type { DistributorTransaction } from '@opentopup/contract';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { type Fact, Facts } from '../../parts/facts.tsx';
import { statusWord } from '../../parts/status-badge.tsx';
import { useSignedIn } from '../../session/session.ts';
import { ReceiptCode } from './receipt-code.tsx';

/** What the customer takes along. */
export function Receipt({ transaction }: { transaction: DistributorTransaction }) {
  const m = useMessages();
  const f = useFormats();
  const me = useSignedIn();
  const { msisdn, simId, iccid } = transaction.parameters;
  const rows: Fact[] = [
    [m.sell.offer, transaction.offer_name],
    [msisdn ? m.sell.number : m.sell.serial, msisdn ?? simId ?? iccid],
    [m.receipt.pin, transaction.receipt?.pin?.code],
    [m.receipt.serial, transaction.receipt?.pin?.serial],
    [m.receipt.text, transaction.receipt?.text],
    [m.receipt.price, f.money(transaction.public_price, transaction.reference_currency)],
    [m.transactions.status, statusWord(m, transaction)],
    [m.receipt.date, f.moment(transaction.creation_date)],
    // Where nobody gave a reference, it is the account.
    [m.sell.reference, transaction.user_id === me.id ? undefined : transaction.user_id],
    [m.receipt.id, transaction.id],
  ];
  return (
    <section className="card receipt" aria-label={m.receipt.title}>
      <h3>{me.distributor?.name}</h3>
      {transaction.reversal && (
        <p className="notice notice-bad">{m.receipt.annulled(f.moment(transaction.reversal.date))}</p>
      )}
      <Facts facts={rows} />
      {(transaction.status === 'ok' || transaction.reversal) && <ReceiptCode transactionId={transaction.id} />}
    </section>
  );
}
