import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useMessages } from '../../../language/language.ts';
import { ConfirmDeed } from '../../../parts/confirm-deed.tsx';
import { RefusalNote } from '../../../parts/refusal-note.tsx';
import { queries, server } from '../../../server.ts';

interface Props {
  id: string;
  name: string;
  isSuspended: boolean;
}

/** Keeps a distributor from selling, or lets it sell again; each is asked about first. */
export function Suspend({ id, name, isSuspended }: Props) {
  const m = useMessages();
  const [isAsked, setAsked] = useState(false);
  const change = useMutation({
    mutationFn: () =>
      server.operator.call('changeDistributor', {
        params: { id },
        body: { status: isSuspended ? 'active' : 'suspended' },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['distributors'] }),
  });
  const deed = isSuspended ? m.distributors.resume : m.distributors.suspend;
  return (
    <div>
      <button
        type="button"
        className="button"
        aria-label={`${deed}${m.colon}${name}`}
        disabled={change.isPending}
        onClick={() => setAsked(true)}
      >
        {deed}
      </button>
      <RefusalNote error={change.error} />
      {isAsked && (
        <ConfirmDeed
          title={`${deed}${m.colon}${name}`}
          deed={deed}
          onDo={() => change.mutate()}
          onClose={() => setAsked(false)}
        >
          <p>{isSuspended ? m.distributors.resumeHint : m.distributors.suspendHint}</p>
        </ConfirmDeed>
      )}
    </div>
  );
}
