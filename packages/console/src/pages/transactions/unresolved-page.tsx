import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { useServerWords } from '../../language/server-words.ts';
import { DistributorLink } from '../../parts/distributor-link.tsx';
import { Empty } from '../../parts/empty.tsx';
import { SelectField } from '../../parts/field.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useAddress } from '../../parts/use-address.ts';
import { useMay, useSignedIn } from '../../session/session.ts';
import type { AnyTransaction } from './any-transaction.ts';
import { ResolveSales } from './resolve-sale.tsx';
import { SaleOwner } from './sale-owner.tsx';
import { useTransactions } from './use-transactions.ts';

const PENDING = { status: 'pending' } as const;
/** So many are shown, the oldest of all; the rest waits until these are decided. */
const MOST = 500;
/** A sale is under way for so long by itself: before, there is nothing to decide. */
const YOUNG_MS = 60_000;

const NAMES = ['owner'] as const;
/** Stand in the address for those that one takes care of oneself, and for those that nobody does. */
const MINE = 'me';
const NOBODY = '-';

/** The sales without an outcome, the oldest first: why that is, and a decision about several at once. */
export function Component() {
  const m = useMessages();
  const may = useMay();
  return (
    <PageFrame title={m.unresolved.title} actions={<Link to="/transactions">{m.transaction.all}</Link>}>
      {may('resolveTransaction') ? <Queue /> : <Empty title={m.unresolved.notYours} />}
    </PageFrame>
  );
}

function Queue() {
  const m = useMessages();
  const f = useFormats();
  const { rows, error, isPending, hasMore, readOn } = useTransactions(PENDING);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [{ owner }, change] = useAddress(NAMES);
  const me = useSignedIn().email;
  // The list begins with the newest: the oldest are known once all are.
  useEffect(() => {
    if (hasMore) readOn();
  }, [hasMore, readOn]);
  if (isPending) return <Skeleton />;
  if (!rows) return <RefusalNote error={error} />;
  const now = Date.now();
  const isAsked = (sale: AnyTransaction): boolean =>
    owner === undefined || (owner === MINE ? sale.owner === me : sale.owner === undefined);
  const old = rows.filter(({ creation_date }) => now - Date.parse(creation_date) > YOUNG_MS);
  const all = old.filter(isAsked).toReversed();
  const stuck = all.slice(0, MOST);
  const ids = stuck.map(({ id }) => id).filter((id) => chosen.has(id));
  const nameOf = (id: string): string => lineOf(rows.find((each) => each.id === id)) ?? id;
  const choose = (id: string): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  return (
    <>
      <RefusalNote error={error} />
      {old.length > 0 && (
        <search className="filters">
          <SelectField
            label={m.unresolved.owner}
            value={owner ?? ''}
            options={[
              { value: '', label: m.all },
              { value: MINE, label: m.unresolved.mine },
              { value: NOBODY, label: m.unresolved.nobody },
            ]}
            onChoose={(next) => change({ owner: next })}
          />
        </search>
      )}
      {stuck.length === 0 && (
        <Empty title={owner ? m.nothingFound : m.unresolved.none}>{!owner && m.unresolved.noneHint}</Empty>
      )}
      {stuck.length > 0 && <p className="lead hint">{m.unresolved.hint}</p>}
      <section className="card" hidden={stuck.length === 0} aria-label={m.unresolved.title}>
        <label className="check">
          <input
            type="checkbox"
            checked={ids.length === stuck.length}
            onChange={() => setChosen(new Set(ids.length === stuck.length ? [] : stuck.map(({ id }) => id)))}
          />
          <span>{m.unresolved.all(f.number(stuck.length), stuck.length)}</span>
        </label>
        <ul className="plain">
          {stuck.map((sale) => (
            <Stuck
              key={sale.id}
              sale={sale}
              isChosen={chosen.has(sale.id)}
              now={now}
              onChoose={() => choose(sale.id)}
            />
          ))}
        </ul>
      </section>
      {all.length > MOST && <p className="hint">{m.unresolved.more(f.number(all.length - MOST))}</p>}
      <ResolveSales ids={ids} nameOf={nameOf}>
        {m.unresolved.chosen(f.number(ids.length), ids.length)}
      </ResolveSales>
    </>
  );
}

const lineOf = (sale: AnyTransaction | undefined): string | undefined =>
  sale?.parameters.msisdn ?? sale?.parameters.simId ?? sale?.offer_name;

interface Props {
  sale: AnyTransaction;
  isChosen: boolean;
  now: number;
  onChoose: () => void;
}

/** One of them, with its age, its cause, and when the supplier is asked again. */
function Stuck({ sale, isChosen, now, onChoose }: Props) {
  const m = useMessages();
  const f = useFormats();
  const words = useServerWords();
  const what = lineOf(sale);
  const age = f.lasting((now - Date.parse(sale.creation_date)) / 1_000);
  const cause = words(sale.pending_cause ?? '');
  const next = sale.next_look_date ? m.unresolved.next(f.moment(sale.next_look_date)) : m.unresolved.noMore;
  return (
    <li className="stuck">
      <label className="check">
        <input type="checkbox" checked={isChosen} onChange={onChoose} />
        <span>
          <span className="row-title">{what}</span> · {f.money(sale.public_price, sale.local_currency)}
          <span className="hint">
            {m.unresolved.since(age)} ·{' '}
            {sale.distributor_id && sale.distributor_name && (
              <>
                <DistributorLink id={sale.distributor_id} name={sale.distributor_name} /> ·{' '}
              </>
            )}
            <bdi>{sale.offer_name}</bdi> · <bdi>{sale.supplier_name}</bdi>
          </span>
          <span className="hint">{[cause, next].filter(Boolean).join(' · ')}</span>
        </span>
      </label>
      <SaleOwner sale={sale} what={what ?? sale.id} />
      <Link to={`/transactions/${sale.id}`} aria-label={`${m.outcome.details}${m.colon}${what}`}>
        {m.outcome.details}
      </Link>
    </li>
  );
}
