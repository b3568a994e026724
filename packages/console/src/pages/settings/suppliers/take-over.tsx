import type { SupplierImport } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormats } from '../../../language/format.ts';
import { useMessages } from '../../../language/language.ts';
import { useServerWords } from '../../../language/server-words.ts';
import { DistributorField } from '../../../parts/distributor-field.tsx';
import { RefusalNote } from '../../../parts/refusal-note.tsx';
import { queries, server } from '../../../server.ts';
import type { Choices } from './catalogue-table.tsx';

interface Props {
  supplierId: string;
  choices: Choices;
}

/** Makes products of what is chosen, and offers; first it may be asked what would be done. */
export function TakeOver({ supplierId: id, choices }: Props) {
  const m = useMessages();
  const f = useFormats();
  const words = useServerWords();
  const [distributor, setDistributor] = useState('');
  const take = useMutation({
    mutationFn: (dry_run: boolean) => {
      const body: SupplierImport = {
        dry_run,
        ...(distributor && { distributor_id: distributor }),
        choices: [...choices].map(([supplier_reference, { range, amount }]) => ({
          supplier_reference,
          ...(range && amount !== '' && { amount: Number(amount) }),
        })),
      };
      return server.operator.call('importSupplierProducts', { params: { id }, body });
    },
    onSuccess: ({ products }) => {
      if (products.dry_run || products.errors.length > 0) return;
      void queries.invalidateQueries({ queryKey: ['products'] });
      void queries.invalidateQueries({ queryKey: ['all offers'] });
      void queries.invalidateQueries({ queryKey: ['catalogue', id] });
    },
  });
  const { products, offers } = take.data ?? {};
  const errors = [...(products?.errors ?? []), ...(offers?.errors ?? [])];
  const count = f.number;
  const names = [...choices.keys()];
  return (
    <>
      <DistributorField value={distributor} onChoose={setDistributor} every={m.suppliers.nobody} />
      <RefusalNote error={take.error} />
      {products && offers && (
        <div className="notice" role="status">
          <p>
            {errors.length > 0 ? m.suppliers.nothingDone : products.dry_run ? m.suppliers.wouldBe : m.suppliers.done}
          </p>
          {errors.length === 0 && (
            <p>
              {m.suppliers.products(count(products.created), count(products.changed), count(products.unchanged))}{' '}
              {offers.rows > 0 && m.suppliers.offers(count(offers.created), count(offers.unchanged))}
            </p>
          )}
          {errors.map(({ line, column, message }) => (
            <p key={`${line} ${column} ${message}`}>
              {names[line - 1]}
              {m.colon}
              {words(message) ?? message}
            </p>
          ))}
        </div>
      )}
      <button type="button" className="button" disabled={take.isPending} onClick={() => take.mutate(true)}>
        {m.suppliers.dryRun}
      </button>
      <button type="button" className="button button-main" disabled={take.isPending} onClick={() => take.mutate(false)}>
        {m.suppliers.take(count(choices.size))}
      </button>
    </>
  );
}
