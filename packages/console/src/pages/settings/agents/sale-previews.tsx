import type { SalePreview, SalePreviewDecision } from '@opentopup/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useFormats } from '../../../language/format.ts';
import { useProgramsMessages } from '../../../language/programs.ts';
import { Empty } from '../../../parts/empty.tsx';
import { RefusalNote } from '../../../parts/refusal-note.tsx';
import { queries, server } from '../../../server.ts';
import { useMay } from '../../../session/session.ts';

const PREVIEWS = ['sale previews'];
/** Whoever waits for a release waits for somebody who looks at this page. */
const LOOK_AGAIN_MS = 5_000;
const SHOWN = 20;

const BADGES = {
  waiting: 'badge-pending',
  released: 'badge-ok',
  confirmed: 'badge-ok',
  declined: 'badge-ko',
  expired: '',
  refused: 'badge-ko',
} as const;

/** What agents want to sell, and what became of it. */
export function SalePreviews() {
  const p = useProgramsMessages();
  const { data, error } = useQuery({
    queryKey: PREVIEWS,
    queryFn: () => server.opentopup.call('listSalePreviews', { query: { limit: SHOWN } }),
    refetchInterval: LOOK_AGAIN_MS,
  });
  const waiting = data?.filter(({ status }) => status === 'waiting') ?? [];
  const others = data?.filter(({ status }) => status !== 'waiting') ?? [];
  return (
    <>
      <section className="card" aria-label={p.previews.title}>
        <h2>{p.previews.title}</h2>
        <RefusalNote error={error} />
        {data && waiting.length === 0 && <Empty title={p.previews.none} />}
        <ul className="plain">
          {waiting.map((preview) => (
            <li key={preview.id} className="entry">
              <PreviewFacts preview={preview} />
              <Decide preview={preview} />
            </li>
          ))}
        </ul>
      </section>
      {others.length > 0 && (
        <section className="card" aria-label={p.previews.recent}>
          <h2>{p.previews.recent}</h2>
          <ul className="plain">
            {others.map((preview) => (
              <li key={preview.id} className="entry">
                <PreviewFacts preview={preview} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

const lineOf = ({ parameters }: SalePreview): string => parameters.msisdn ?? parameters.simId ?? '';

function PreviewFacts({ preview }: { preview: SalePreview }) {
  const p = useProgramsMessages();
  const f = useFormats();
  const { agent_name, status, offer_name, price, currency, units_after, expiration_date, transaction_id } = preview;
  const isWaiting = status === 'waiting';
  return (
    <span>
      {isWaiting ? (
        p.previews.asks(agent_name)
      ) : (
        <span className={`badge ${BADGES[status]}`}>{p.previews.status[status]}</span>
      )}{' '}
      {transaction_id ? (
        <Link to={`/transactions/${transaction_id}`}>{offer_name}</Link>
      ) : (
        <strong>{offer_name}</strong>
      )}
      <span className="hint">
        {[
          lineOf(preview),
          f.money(price, currency),
          isWaiting ? p.previews.left(f.number(units_after)) : agent_name,
          isWaiting ? p.previews.until(f.hour(new Date(expiration_date))) : f.short(preview.creation_date),
          preview.reason,
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </span>
  );
}

/** Lets somebody release or decline what an agent wants to sell. */
function Decide({ preview }: { preview: SalePreview }) {
  const p = useProgramsMessages();
  const may = useMay();
  const decide = useMutation({
    mutationFn: (decision: SalePreviewDecision['decision']) =>
      server.opentopup.call('decideSalePreview', { params: { id: preview.id }, body: { decision } }),
    onSettled: () => queries.invalidateQueries({ queryKey: PREVIEWS }),
  });
  if (!may('decideSalePreview')) return null;
  const what = `${preview.offer_name}, ${lineOf(preview)}`;
  return (
    <span className="actions">
      <button
        type="button"
        className="button button-main"
        aria-label={p.previews.releaseOf(what)}
        disabled={decide.isPending}
        onClick={() => decide.mutate('release')}
      >
        {p.previews.release}
      </button>
      <button
        type="button"
        className="button"
        aria-label={p.previews.declineOf(what)}
        disabled={decide.isPending}
        onClick={() => decide.mutate('decline')}
      >
        {p.previews.decline}
      </button>
      <RefusalNote error={decide.error} />
    </span>
  );
}
