import { followVerificationOf } from '@opentopup/client/follow-verification';
import type { LedgerProofStep, LedgerReport } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { useFormats } from '../../language/format.ts';
import { useOfficeMessages } from '../../language/office.ts';
import { Facts } from '../../parts/facts.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { patient } from '../../server.ts';
import { MonthEndFrame } from '../month-end/month-end-frame.tsx';

/** Proves the ledger, tells how far it is, and can be stopped; so it is when the page is left. */
export function Component() {
  const o = useOfficeMessages();
  const f = useFormats();
  const [step, setStep] = useState<LedgerProofStep | null>(null);
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), []);
  const run = useMutation({
    mutationFn: async (): Promise<LedgerReport | null> => {
      const controller = new AbortController();
      running.current = controller;
      const { signal } = controller;
      setStep(null);
      try {
        for await (const each of followVerificationOf(patient.operator, undefined, { signal })) {
          if (each.type === 'report') return each.report;
          setStep(each);
        }
      } catch (error) {
        if (!signal.aborted) throw error;
      }
      return null;
    },
    retry: false,
  });
  const { movements = 0, of = 0 } = step?.type === 'progress' ? step : {};
  return (
    <MonthEndFrame title={o.proof.title}>
      <section className="card" aria-label={o.proof.title}>
        <p className="hint">{o.proof.hint}</p>
        <RefusalNote error={run.error} />
        {run.isPending ? (
          <>
            <progress aria-label={o.proof.title} {...(of > 0 && { value: Math.min(movements, of), max: of })} />
            <p className="hint" role="status">
              {of > 0 && o.proof.running(f.number(movements), f.number(of))}
            </p>
            <div className="actions">
              <button type="button" className="button" onClick={() => running.current?.abort()}>
                {o.proof.stop}
              </button>
            </div>
          </>
        ) : (
          <div className="actions">
            <button type="button" className="button button-main" onClick={() => run.mutate()}>
              {o.proof.run}
            </button>
          </div>
        )}
        {run.data === null && <p role="status">{o.proof.stopped}</p>}
      </section>
      {run.data && <Report report={run.data} />}
    </MonthEndFrame>
  );
}

function Report({ report }: { report: LedgerReport }) {
  const o = useOfficeMessages();
  const f = useFormats();
  const { verified, date, buckets, movements, transactions, faults } = report;
  return (
    <section className="card" aria-label={verified ? o.proof.holds : o.proof.broken}>
      <h2 className={verified ? undefined : 'ink-bad'} role={verified ? 'status' : 'alert'}>
        {verified ? o.proof.holds : o.proof.broken}
      </h2>
      <Facts
        facts={[
          [o.proof.at, f.moment(date)],
          [o.proof.buckets, f.number(buckets)],
          [o.proof.movements, f.number(movements)],
          [o.proof.transactions, f.number(transactions)],
        ]}
      />
      {faults.length > 0 && (
        <>
          <h3>{o.proof.fault}</h3>
          <ul className="plain">
            {faults.map(({ offer_id, kind, seq, transaction_id, detail }) => (
              <li key={`${offer_id} ${kind} ${seq} ${transaction_id}`} className="entry">
                <span>
                  <code>{kind}</code> {detail}
                  <span className="hint">
                    <Link to={`/stock/${offer_id}`}>{offer_id}</Link>{' '}
                    {transaction_id && <Link to={`/transactions/${transaction_id}`}>{transaction_id}</Link>}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
