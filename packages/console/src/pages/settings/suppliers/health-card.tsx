import type { Supplier } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { type Formats, useFormats } from '../../../language/format.ts';
import { useMessages } from '../../../language/language.ts';
import { type OfficeMessages, useOfficeMessages } from '../../../language/office.ts';
import { ConfirmDeed } from '../../../parts/confirm-deed.tsx';
import { Facts } from '../../../parts/facts.tsx';
import { RefusalNote } from '../../../parts/refusal-note.tsx';
import { queries, server } from '../../../server.ts';
import { useMay } from '../../../session/session.ts';
import { writeRate } from '../../overview/totals.tsx';
import { useLately } from '../../overview/use-overview.ts';

/** Tells whether a supplier answers now. */
function stateOf(o: OfficeMessages, f: Formats, { connector, outage }: Supplier): string {
  if (connector === null) return o.supplier.states.none;
  return outage && !outage.until ? o.supplier.states.since(f.moment(outage.since)) : o.supplier.states.up;
}

/** Whether a supplier answers, how fast and how well it did, how it is called; and that nothing is sold by it any more. */
export function HealthCard({ supplier }: { supplier: Supplier }) {
  const m = useMessages();
  const o = useOfficeMessages();
  const f = useFormats();
  const may = useMay();
  const { connector, country, outage, deadline_ms, max_concurrent, on_catalogue_change, secrets, status } = supplier;
  const { data: overview } = useLately('week');
  const lately = overview?.suppliers.find(({ supplier_id }) => supplier_id === supplier.id);
  const time = (ms: number | undefined) => (ms === undefined ? undefined : f.lasting(ms / 1_000));
  return (
    <section className="card" aria-label={o.supplier.health}>
      <h2>
        {o.supplier.health} {status === 'revoked' && <span className="badge badge-ko">{m.suppliers.revoked}</span>}
      </h2>
      <Facts
        facts={[
          [o.supplier.state, stateOf(o, f, supplier)],
          [
            o.supplier.lastOutage,
            outage?.until && o.supplier.outage(f.moment(outage.since), f.moment(outage.until), outage.cause),
          ],
          [o.supplier.connector, connector],
          [o.supplier.country, f.country(country)],
          [o.supplier.deadline, time(deadline_ms ?? undefined)],
          [o.supplier.concurrent, f.number(max_concurrent)],
          [o.supplier.onChange, o.supplier.onChanges[on_catalogue_change]],
          [o.supplier.secrets, secrets.join(', ')],
        ]}
      />
      <h3>{o.supplier.lately}</h3>
      {overview && !lately && <p className="hint">{o.supplier.quiet}</p>}
      {lately && (
        <Facts
          facts={[
            [m.overview.sold, f.number(lately.ok)],
            [m.overview.rate, writeRate(f, lately)],
            [m.overview.unanswered, f.number(lately.unanswered)],
            [m.overview.median, time(lately.median_ms)],
            [m.overview.p95, time(lately.p95_ms)],
          ]}
        />
      )}
      {may('changeSupplier') && <Approval supplier={supplier} />}
    </section>
  );
}

/** Stops what is sold by a supplier, or lets it be sold again; each is asked about first. */
function Approval({ supplier: { id, name, status } }: { supplier: Supplier }) {
  const m = useMessages();
  const o = useOfficeMessages();
  const [isAsked, setAsked] = useState(false);
  const isApproved = status === 'approved';
  const change = useMutation({
    mutationFn: () =>
      server.operator.call('changeSupplier', { params: { id }, body: { status: isApproved ? 'revoked' : 'approved' } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['suppliers'] }),
  });
  const deed = isApproved ? o.supplier.revoke : o.supplier.approve;
  return (
    <div>
      <RefusalNote error={change.error} />
      <button type="button" className="button" disabled={change.isPending} onClick={() => setAsked(true)}>
        {deed}
      </button>
      {isAsked && (
        <ConfirmDeed
          title={`${deed}${m.colon}${name}`}
          deed={deed}
          onDo={() => change.mutate()}
          onClose={() => setAsked(false)}
        >
          <p>{isApproved ? o.supplier.revokeHint : o.supplier.approveHint}</p>
        </ConfirmDeed>
      )}
    </div>
  );
}
