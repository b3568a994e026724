import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useFormats } from '../../../language/format.ts';
import { useMessages } from '../../../language/language.ts';
import { useOfficeMessages } from '../../../language/office.ts';
import { Field, SelectField } from '../../../parts/field.tsx';
import { RefusalNote } from '../../../parts/refusal-note.tsx';
import { ImportResult } from './import-report.tsx';
import { PRICE_RULES, type PriceRule } from './new-price.ts';
import { changePrices, type NewPrice, type PricesChanged, pricesBy } from './price-change.ts';
import { PriceTable } from './price-table.tsx';
import type { FoundOffer } from './use-found-offers.ts';
import { useImported } from './use-import.ts';

interface Props {
  offers: readonly FoundOffer[];
  onDone: () => void;
}

/** New prices for the offers that are chosen: by a rule, looked at first, then all of them or none. */
export function PriceForm({ offers, onDone }: Props) {
  const m = useMessages();
  const o = useOfficeMessages();
  const f = useFormats();
  const imported = useImported();
  const [rule, setRule] = useState<PriceRule>('percent');
  const [value, setValue] = useState('');
  const [prices, setPrices] = useState<readonly NewPrice[] | null>(null);
  const run = useMutation({
    mutationFn: ({ made, isDryRun }: { made: readonly NewPrice[]; isDryRun: boolean }): Promise<PricesChanged> =>
      changePrices(made, isDryRun),
    onSuccess: ({ report }) => (report?.dry_run === false && report.errors.length === 0 ? imported() : undefined),
  });
  const { report, isStale } = run.data ?? {};
  const isDone = report?.dry_run === false && report.errors.length === 0;
  const isReady = prices !== null && report?.dry_run === true && report.errors.length === 0 && report.changed > 0;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const made = isReady ? prices : pricesBy(offers, rule, Number(value));
    setPrices(made);
    run.mutate({ made, isDryRun: !isReady });
  };
  const choosing = (choose: () => void): void => {
    run.reset();
    setPrices(null);
    choose();
  };
  return (
    <form className="card" onSubmit={submit} aria-label={o.prices.title}>
      <h2>{o.prices.of(f.number(offers.length), offers.length)}</h2>
      <div className="filters">
        <SelectField
          label={o.prices.rule}
          value={rule}
          options={PRICE_RULES.map((each) => ({ value: each, label: o.prices.rules[each] }))}
          onChoose={(chosen) => choosing(() => setRule(chosen))}
        />
        <Field
          label={o.prices.units[rule]}
          hint={o.prices.hint}
          type="number"
          step="any"
          required
          value={value}
          onChange={(event) => choosing(() => setValue(event.target.value))}
        />
      </div>
      {prices && <PriceTable prices={prices} />}
      <RefusalNote error={run.error} />
      {isStale && (
        <p className="notice notice-bad" role="alert">
          {o.prices.stale}
        </p>
      )}
      {report && <ImportResult report={report} />}
      <div className="actions">
        {!isDone && (
          <button type="submit" className="button button-main" disabled={run.isPending}>
            {isReady ? o.prices.set(f.number(report.changed), report.changed) : o.prices.preview}
          </button>
        )}
        <button type="button" className="button" onClick={onDone}>
          {isDone ? o.prices.close : m.cancel}
        </button>
      </div>
    </form>
  );
}
