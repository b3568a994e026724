import type { DistributorSettings } from '@opentopup/contract';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { useMessages } from '../../language/language.ts';
import { DistributorField } from '../../parts/distributor-field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { server } from '../../server.ts';
import { useMay } from '../../session/session.ts';
import { GuardForm } from './guard-form.tsx';

/** What guards the sales of the distributor; for the operator, of the one that is chosen. */
export function GuardSettings() {
  const m = useMessages();
  const navigate = useNavigate();
  const isOperator = useMay()('getDistributorSettings');
  const { id = '' } = useParams();
  return (
    <section className="card">
      <h2>{m.settings.guards}</h2>
      <p className="hint">{m.guards.hint}</p>
      {isOperator && (
        <DistributorField
          value={id}
          onChoose={(chosen) => void navigate(`/settings/guards/${chosen}`)}
          every={m.guards.choose}
        />
      )}
      {(!isOperator || id) && <GuardsOf key={id} distributor={isOperator ? id : null} />}
    </section>
  );
}

/** @param distributor null: the own one */
export function GuardsOf({ distributor }: { distributor: string | null }) {
  const { data, error, isPending } = useQuery({
    queryKey: ['guards', distributor],
    queryFn: (): Promise<DistributorSettings> =>
      distributor === null
        ? server.opentopup.call('getSettings', {})
        : server.operator.call('getDistributorSettings', { params: { id: distributor } }),
  });
  if (isPending) return <Skeleton />;
  if (!data) return <RefusalNote error={error} />;
  return <GuardForm distributor={distributor} settings={data} />;
}
