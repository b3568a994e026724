import { useQuery } from '@tanstack/react-query';
import { useBooksMessages } from '../../language/books.ts';
import { useFormats } from '../../language/format.ts';
import { SelectField } from '../../parts/field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useAddress } from '../../parts/use-address.ts';
import { server } from '../../server.ts';
import { useMay } from '../../session/session.ts';
import { MonthEndFrame } from '../month-end/month-end-frame.tsx';
import { VatForm } from './vat-form.tsx';

const NAMES = ['product'] as const;

/** The VAT of a product: what it is, was and will be. */
export function Component() {
  const b = useBooksMessages();
  const may = useMay();
  const [{ product = '' }, change] = useAddress(NAMES);
  const { data, error } = useQuery({
    queryKey: ['products'],
    queryFn: () => Array.fromAsync(server.operator.each('listProducts', { query: { limit: 1_000 } })),
  });
  const choices = (data ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <MonthEndFrame title={b.parts.vat}>
      <p className="hint lead">{b.vat.hint}</p>
      <RefusalNote error={error} />
      <div className="filters">
        <SelectField
          label={b.vat.product}
          value={product}
          options={[{ value: '', label: b.runs.choose }, ...choices]}
          onChoose={(chosen) => change({ product: chosen })}
        />
      </div>
      {product !== '' && (
        <div className="columns">
          <VatRates product={product} />
          {may('setVatRate') && <VatForm key={product} product={product} />}
        </div>
      )}
    </MonthEndFrame>
  );
}

function VatRates({ product: id }: { product: string }) {
  const b = useBooksMessages();
  const f = useFormats();
  const { data, error } = useQuery({
    queryKey: ['vat rates', id],
    queryFn: () => Array.fromAsync(server.operator.each('listVatRates', { params: { id }, query: { limit: 1_000 } })),
  });
  if (!data) return error ? <RefusalNote error={error} /> : <Skeleton />;
  return (
    <section className="card" aria-label={b.vat.rates}>
      <h2>{b.vat.rates}</h2>
      {data.length === 0 && <p className="hint">{b.vat.none}</p>}
      <ul className="plain">
        {data.map(({ rate, included, since }) => (
          <li key={since} className="entry">
            <span>
              <strong>{rate === null ? b.vat.noRate : f.taxRate(rate)}</strong>{' '}
              {rate !== null && (included ? b.vat.includedIn : b.vat.onTop)}
              <span className="hint">{b.vat.from(f.moment(since))}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
