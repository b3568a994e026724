import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { type Fact, Facts } from '../../parts/facts.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import type { AnyTransaction } from './any-transaction.ts';
import { useSaleLinks } from './sale-names.tsx';

/** What was ordered, of whom, for whom and at which price. */
export function TransactionFacts({ transaction: t }: { transaction: AnyTransaction }) {
  const m = useMessages();
  const f = useFormats();
  const { msisdn, iccid } = t.parameters;
  const links = useSaleLinks(t);
  const rows: Fact[] = [
    [msisdn ? m.sell.number : m.sell.serial, links.line ?? iccid],
    [m.receipt.pin, t.receipt?.pin?.code],
    [m.receipt.serial, t.receipt?.pin?.serial],
    [m.receipt.text, t.receipt?.text],
    [m.sell.offer, links.offer],
    [m.distributor, links.distributor],
    [m.supplier, links.supplier],
    [m.transactions.seller, links.seller],
    [m.transaction.cost, f.money(t.resell_value, t.local_currency)],
    [m.transaction.margin, f.money(t.margin, t.local_currency)],
    [m.stock.price, f.money(t.public_price, t.local_currency)],
    [
      m.transaction.supplierCost,
      t.supplier_cost === undefined ? undefined : f.money(t.supplier_cost, t.supplier_currency ?? t.reference_currency),
    ],
    [m.transaction.bonus, f.money(t.bonus_value, t.reference_currency)],
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
