import type { Supplier } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useFormats } from '../../../language/format.ts';
import { useMessages } from '../../../language/language.ts';
import { type Fact, Facts } from '../../../parts/facts.tsx';
import { Field } from '../../../parts/field.tsx';
import { RefusalNote } from '../../../parts/refusal-note.tsx';
import { queries, server } from '../../../server.ts';
import { useMay } from '../../../session/session.ts';

const again = (): Promise<void> => queries.invalidateQueries({ queryKey: ['suppliers'] });

/** The money that lies at a supplier, and below which amount the operator is told. */
export function FundsCard({ supplier }: { supplier: Supplier }) {
  const m = useMessages();
  const f = useFormats();
  const may = useMay();
  const { id, balance } = supplier;
  const read = useMutation({
    mutationFn: () => server.operator.call('readSupplierBalance', { params: { id } }),
    onSettled: again,
  });
  const money = (amount: number | undefined): string | undefined =>
    amount === undefined ? undefined : f.money(amount, balance?.currency ?? '');
  const rows: Fact[] = [
    [m.suppliers.money, money(balance?.available)],
    [m.suppliers.held, money(balance?.held)],
    [m.suppliers.lends, money(balance?.credit_limit)],
    [m.suppliers.read, balance?.read_date && f.moment(balance.read_date)],
    [m.suppliers.low, balance?.low_date && f.moment(balance.low_date)],
    [m.suppliers.unread, balance?.failure_date && `${f.moment(balance.failure_date)} (${balance.cause ?? ''})`],
  ];
  return (
    <section className="card" aria-label={m.suppliers.money}>
      <h2>{m.suppliers.money}</h2>
      {!balance && <p className="hint">{m.suppliers.noMoney}</p>}
      <Facts facts={rows} />
      <RefusalNote error={read.error} />
      {balance && may('readSupplierBalance') && (
        <button type="button" className="button" disabled={read.isPending} onClick={() => read.mutate()}>
          {m.suppliers.readNow}
        </button>
      )}
      {may('changeSupplier') && <Threshold key={supplier.balance_threshold} supplier={supplier} />}
    </section>
  );
}

function Threshold({ supplier: { id, balance_threshold } }: { supplier: Supplier }) {
  const m = useMessages();
  const [written, setWritten] = useState(balance_threshold?.toString() ?? '');
  const set = useMutation({
    mutationFn: (threshold: number | null) =>
      server.operator.call('changeSupplier', { params: { id }, body: { balance_threshold: threshold } }),
    onSuccess: again,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    set.mutate(written === '' ? null : Number(written));
  };
  return (
    <form onSubmit={submit}>
      <Field
        label={m.suppliers.threshold}
        hint={m.suppliers.thresholdHint}
        type="number"
        min={0}
        step="any"
        value={written}
        onChange={(event) => setWritten(event.target.value)}
      />
      <RefusalNote error={set.error} />
      <button type="submit" className="button" disabled={set.isPending}>
        {m.save}
      </button>
    </form>
  );
}
