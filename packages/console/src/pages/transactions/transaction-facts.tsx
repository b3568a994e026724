import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { type Fact, Facts } from '../../parts/facts.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import type { AnyTransaction } from './any-transaction.ts';

/** What was ordered, of whom, for whom and at which price. */
export function TransactionFacts({ transaction: t }: { transaction: AnyTransaction }) {
  const m = useMessages();
  const f = useFormats();
  const { msisdn, simId, iccid } = t.parameters;
  const rows: Fact[] = [
    [msisdn ? m.sell.number : m.sell.serial, msisdn ?? simId ?? iccid],
    [m.receipt.pin, t.receipt?.pin?.code],
    [m.receipt.serial, t.receipt?.pin?.serial],
    [m.receipt.text, t.receipt?.text],
    [m.sell.offer, t.offer_name],
    [m.distributor, t.distributor_name],
    [m.supplier, t.supplier_name],
    [m.transaction.cost, f.money(t.resell_value, t.local_currency)],
    [m.transaction.margin, f.money(t.margin, t.local_currency)],
    [m.stock.price, f.money(t.public_price, t.local_currency)],
    [
      m.transaction.supplierCost,
      t.supplier_cost === undefined ? undefined : f.money(t.supplier_cost, t.supplier_currency ?? t.reference_currency),
    ],
    [m.transaction.bonus, f.money(t.bonus_value, t.reference_currency)],
    [m.transaction.reference, t.user_id],
    [m.transaction.voucher, t.voucher_id],
    [m.transaction.supplierReference, t.supplier_reference],
    [m.receipt.id, t.id],
  ];
  return (
    <section className="card" aria-label={m.transaction.facts}>
      <p>
        <StatusBadge {...t} />
      </p>
      <Facts facts={rows} />
    </section>
  );
}
