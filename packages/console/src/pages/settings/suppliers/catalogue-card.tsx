import type { CatalogueEntry, Supplier } from '@opentopup/contract';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useFormats } from '../../../language/format.ts';
import { useMessages } from '../../../language/language.ts';
import { Empty } from '../../../parts/empty.tsx';
import { Field } from '../../../parts/field.tsx';
import { RefusalNote } from '../../../parts/refusal-note.tsx';
import { queries, server } from '../../../server.ts';
import { useMay } from '../../../session/session.ts';
import { CatalogueTable, type Choices } from './catalogue-table.tsx';
import { TakeOver } from './take-over.tsx';

const PAGE = 50;

interface Search {
  text?: string;
  country?: string;
  network?: string;
  max_cost?: number;
}

/** What a supplier lists and charges: looked for, and chosen from. */
export function CatalogueCard({ supplier }: { supplier: Supplier }) {
  const m = useMessages();
  const may = useMay();
  const { id } = supplier;
  const [search, setSearch] = useState<Search>({});
  const [choices, setChoices] = useState<Choices>(new Map());
  const found = useInfiniteQuery({
    queryKey: ['catalogue', id, search],
    queryFn: ({ pageParam }) =>
      server.operator.call('listSupplierCatalogue', {
        params: { id },
        query: { ...search, offset: pageParam, limit: PAGE },
      }),
    initialPageParam: 0,
    getNextPageParam: (last: CatalogueEntry[], pages) => (last.length < PAGE ? undefined : pages.length * PAGE),
  });
  const entries = found.data?.pages.flat() ?? [];
  return (
    <section className="card" aria-label={m.suppliers.catalogue}>
      <h2>{m.suppliers.catalogue}</h2>
      <Reading supplier={supplier} />
      <SearchForm onSearch={setSearch} />
      <RefusalNote error={found.error} />
      {found.data && entries.length === 0 && <Empty title={m.nothingFound} />}
      {entries.length > 0 && (
        <CatalogueTable
          entries={entries}
          choices={choices}
          onChange={may('importSupplierProducts') ? setChoices : undefined}
        />
      )}
      {found.hasNextPage && (
        <button type="button" className="button" disabled={found.isFetching} onClick={() => void found.fetchNextPage()}>
          {m.suppliers.more}
        </button>
      )}
      {choices.size > 0 && <TakeOver supplierId={id} choices={choices} />}
    </section>
  );
}

/** When the catalogue was read, and that it is read again. */
function Reading({ supplier: { id, catalogue } }: { supplier: Supplier }) {
  const m = useMessages();
  const f = useFormats();
  const may = useMay();
  const read = useMutation({
    mutationFn: () => server.operator.call('readSupplierCatalogue', { params: { id }, body: {} }),
    retry: false,
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['suppliers'] }),
        queries.invalidateQueries({ queryKey: ['catalogue', id] }),
      ]),
  });
  return (
    <>
      <p className="hint">
        {catalogue?.read_date ? m.suppliers.catalogueHint(f.moment(catalogue.read_date)) : m.suppliers.neverRead}{' '}
        {catalogue?.coming !== undefined && m.suppliers.coming(f.number(catalogue.coming))}
      </p>
      <RefusalNote error={read.error} />
      {read.data && (
        <p className="notice" role="status">
          {m.suppliers.found(f.number(read.data.listed), f.number(read.data.changes.length))}{' '}
          {read.data.missing > 0 && m.suppliers.missing(f.number(read.data.missing))}
        </p>
      )}
      {may('readSupplierCatalogue') && (
        <button type="button" className="button" disabled={read.isPending} onClick={() => read.mutate()}>
          {m.suppliers.readCatalogue}
        </button>
      )}
    </>
  );
}

function SearchForm({ onSearch }: { onSearch: (search: Search) => void }) {
  const m = useMessages();
  const [written, setWritten] = useState({ text: '', country: '', network: '', max_cost: '' });
  const write = (name: keyof typeof written) => (event: { target: { value: string } }) =>
    setWritten({ ...written, [name]: event.target.value });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const [text, country, network] = [
      written.text.trim(),
      written.country.trim().toUpperCase(),
      written.network.trim(),
    ];
    onSearch({
      ...(text && { text }),
      ...(country && { country }),
      ...(network && { network }),
      ...(written.max_cost && { max_cost: Number(written.max_cost) }),
    });
  };
  return (
    <form className="filters" onSubmit={submit}>
      <Field label={m.suppliers.text} type="search" maxLength={100} value={written.text} onChange={write('text')} />
      <Field
        label={m.suppliers.country}
        pattern="[A-Za-z]{2}"
        maxLength={2}
        value={written.country}
        onChange={write('country')}
      />
      <Field label={m.suppliers.network} maxLength={100} value={written.network} onChange={write('network')} />
      <Field
        label={m.suppliers.maxCost}
        type="number"
        min={0}
        step="any"
        value={written.max_cost}
        onChange={write('max_cost')}
      />
      <button type="submit" className="button">
        {m.suppliers.search}
      </button>
    </form>
  );
}
