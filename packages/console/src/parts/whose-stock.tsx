import type { World } from '@opentopup/contract';
import { useMessages } from '../language/language.ts';
import { DistributorLink } from './distributor-link.tsx';
import { useDistributors } from './use-all-offers.ts';

/** Whether something is real, in a colour of its own: nobody takes one for the other. */
export function WorldBadge({ world }: { world: World }) {
  const m = useMessages();
  return <span className={world === 'live' ? 'badge badge-ok' : 'badge badge-pending'}>{m[world]}</span>;
}

/** Whose stock something is about, and whether it is real; for the operator. */
export function WhoseStock({ distributor }: { distributor: string }) {
  const owner = useDistributors().data?.find(({ id }) => id === distributor);
  return (
    owner && (
      <span className="hint">
        <DistributorLink id={owner.id} name={owner.name} /> <WorldBadge world={owner.world} />
      </span>
    )
  );
}
