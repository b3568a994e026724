import type { DistributorTransaction } from '@opentopup/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { Copy } from '../../parts/copy.tsx';
import { nationalNumber } from '../../parts/national-number.ts';
import { PageFrame } from '../../parts/page-frame.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useTransaction } from '../../parts/use-transaction.ts';
import { server } from '../../server.ts';
import { useMay } from '../../session/session.ts';
import { ReceiptDesk } from '../sell/receipt-desk.tsx';
import type { AnyTransaction } from './any-transaction.ts';
import { Attempts } from './attempts.tsx';
import { DisputeLinks } from './dispute-links.tsx';
import { Exchanges } from './exchanges.tsx';
import { ResolveSales } from './resolve-sale.tsx';
import { ReverseSale } from './reverse-sale.tsx';
import { SaleOwner } from './sale-owner.tsx';
import { TimeLine } from './time-line.tsx';
import { TransactionFacts } from './transaction-facts.tsx';

/** One transaction, and how it came to its end. */
export function Component() {
  const { id = '' } = useParams();
  const may = useMay();
  return may('getTransaction') ? <OfAnybody id={id} /> : <Own id={id} />;
}

function Own({ id }: { id: string }) {
  const { data, error } = useTransaction(id);
  return (
    <Shown transaction={data} error={error}>
      {data && (data.status === 'ok' || data.reversal) && <OwnReceipt transaction={data} />}
      {data?.status === 'ok' && <ReverseSale id={id} />}
    </Shown>
  );
}

/** The receipt, to be printed or sent again; with what installs an eSIM only once that is asked for. */
function OwnReceipt({ transaction }: { transaction: DistributorTransaction }) {
  const m = useMessages();
  const may = useMay();
  const [isAsked, setAsked] = useState(false);
  const hasEsim = transaction.status === 'ok' && transaction.product_type === 'eSim' && may('showEsim');
  return (
    <>
      {hasEsim && !isAsked && (
        <section className="card" aria-label={m.esim.title}>
          <h2>{m.esim.title}</h2>
          <p className="hint">{m.esim.showHint}</p>
          <div className="actions">
            <button type="button" className="button button-main" onClick={() => setAsked(true)}>
              {m.esim.show}
            </button>
          </div>
        </section>
      )}
      <ReceiptDesk transaction={transaction} withEsim={isAsked} />
    </>
  );
}

function OfAnybody({ id }: { id: string }) {
  const may = useMay();
  const { data, error } = useQuery({
    queryKey: ['transaction', id],
    queryFn: () => server.operator.call('getTransaction', { params: { id } }),
    refetchInterval: ({ state }) => (state.data?.status === 'pending' ? 2_000 : false),
  });
  return (
    <Shown transaction={data} error={error}>
      {data?.status === 'pending' && <Owner transaction={data} />}
      {data?.status === 'pending' && may('resolveTransaction') && <ResolveSales ids={[id]} />}
      {data?.status === 'ok' && <ReverseSale id={id} />}
      {data && may('listExchanges') && <Exchanges transaction={data} />}
    </Shown>
  );
}

/** Who takes care of it, while it has no outcome. */
function Owner({ transaction }: { transaction: AnyTransaction }) {
  const m = useMessages();
  return (
    <section className="card" aria-label={m.unresolved.owner}>
      <h2>{m.unresolved.owner}</h2>
      <SaleOwner sale={transaction} what={transaction.id} />
    </section>
  );
}

interface Props {
  transaction: AnyTransaction | undefined;
  error: Error | null;
  children?: React.ReactNode;
}

function Shown({ transaction, error, children }: Props) {
  const m = useMessages();
  const f = useFormats();
  const titleOf = ({ parameters, public_price, local_currency, offer_name }: AnyTransaction): string => {
    const { msisdn, simId } = parameters;
    const what = (msisdn && nationalNumber(msisdn)) ?? simId ?? offer_name;
    return `${what} · ${f.money(public_price, local_currency)}`;
  };
  return (
    <PageFrame
      title={transaction ? titleOf(transaction) : m.transaction.title}
      actions={<Link to="/transactions">{m.transaction.all}</Link>}
    >
      {!transaction && (error ? <RefusalNote error={error} /> : <Skeleton />)}
      {transaction && (
        <div className="columns">
          <div>
            <TransactionFacts transaction={transaction} />
            <Told transaction={transaction} />
          </div>
          <div>
            <TimeLine transaction={transaction} />
            <Attempts transaction={transaction} />
            {children}
            <DisputeLinks id={transaction.id} />
          </div>
        </div>
      )}
    </PageFrame>
  );
}

/** What the customer is to be told, and the id to be told to whoever helps: each is copied by one click. */
function Told({ transaction: { id, customer_message, parameters } }: { transaction: AnyTransaction }) {
  const m = useMessages();
  const line = parameters.msisdn ?? parameters.simId;
  return (
    <section className="card" aria-label={m.transaction.tell}>
      <h2>{m.transaction.tell}</h2>
      <Copy label={m.identifications.words} text={customer_message} />
      <Copy label={m.receipt.id} text={id} />
      {line && <Link to={`/transactions?line=${encodeURIComponent(line)}`}>{m.transaction.ofLine}</Link>}
    </section>
  );
}
