import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useMessages } from '../../../language/language.ts';
import { Empty } from '../../../parts/empty.tsx';
import { Field, SelectField } from '../../../parts/field.tsx';
import { RefusalNote } from '../../../parts/refusal-note.tsx';
import { onceMade, queries, server } from '../../../server.ts';

/** Offers a product to a distributor, at a price. Its stock is empty at first. */
export function OfferForm({ distributors }: { distributors: readonly { id: string; name: string }[] }) {
  const m = useMessages();
  const products = useQuery({
    queryKey: ['products'],
    queryFn: () => Array.fromAsync(server.operator.each('listProducts', { query: { limit: 1_000 } })),
  });
  const [chosen, setChosen] = useState({ distributor: '', product: '' });
  const [name, setName] = useState('');
  const [cost, setCost] = useState('');
  const distributor_id = chosen.distributor || (distributors[0]?.id ?? '');
  const product = products.data?.find(({ id }) => id === chosen.product) ?? products.data?.[0];
  const create = useMutation({
    mutationFn: ({ id, product_id }: { id: string; product_id: string }) =>
      onceMade(
        server.operator.call('createOffer', {
          body: { id, distributor_id, product_id, name, resell_value: Number(cost) },
        }),
      ),
    onSuccess: () => {
      setName('');
      setCost('');
      return queries.invalidateQueries({ queryKey: ['all offers'] });
    },
  });
  if (!products.data) return <RefusalNote error={products.error} />;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (product) create.mutate({ id: crypto.randomUUID(), product_id: product.id });
  };
  return (
    <form className="card" onSubmit={submit}>
      <h2>{m.distributors.addOffer}</h2>
      {product ? (
        <>
          <SelectField
            label={m.distributor}
            value={distributor_id}
            options={distributors.map((each) => ({ value: each.id, label: each.name }))}
            onChoose={(distributor) => setChosen((before) => ({ ...before, distributor }))}
          />
          <SelectField
            label={m.distributors.product}
            value={product.id}
            options={products.data.map((each) => ({ value: each.id, label: each.name }))}
            onChoose={(id) => setChosen((before) => ({ ...before, product: id }))}
          />
          <Field
            label={m.distributors.offerName}
            required
            maxLength={255}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <Field
            label={`${m.distributors.cost} (${product.currency})`}
            hint={m.distributors.costHint}
            type="number"
            inputMode="decimal"
            min={0}
            step="any"
            required
            value={cost}
            onChange={(event) => setCost(event.target.value)}
          />
          <RefusalNote error={create.error} />
          <button type="submit" className="button button-main" disabled={create.isPending}>
            {m.distributors.addOffer}
          </button>
        </>
      ) : (
        <Empty title={m.distributors.noProducts}>{m.distributors.noProductsHint}</Empty>
      )}
    </form>
  );
}
