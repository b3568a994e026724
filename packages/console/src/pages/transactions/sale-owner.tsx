import { useMutation } from '@tanstack/react-query';
import { useMessages } from '../../language/language.ts';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { queries, server } from '../../server.ts';
import { useMay, useSignedIn } from '../../session/session.ts';
import type { AnyTransaction } from './any-transaction.ts';

interface Props {
  sale: AnyTransaction;
  /** What it is called. */
  what: string;
}

/** Who takes care of a sale without an outcome; one may take it, take it over, or hand it back. */
export function SaleOwner({ sale: { id, owner, status }, what }: Props) {
  const m = useMessages();
  const may = useMay();
  const me = useSignedIn().email;
  const isMine = owner === me;
  const change = useMutation({
    mutationFn: () =>
      isMine
        ? server.operator.call('handBackTransaction', { params: { id } })
        : server.operator.call('claimTransaction', { params: { id }, body: owner ? { take_over: true } : {} }),
    onSuccess: (changed) => queries.setQueryData(['transaction', id], changed),
    onSettled: () => queries.invalidateQueries({ queryKey: ['transactions', 'list'] }),
  });
  if (status !== 'pending' || !may('claimTransaction')) return null;
  const taken = owner ? m.unresolved.takeOver : m.unresolved.take;
  const deed = isMine ? m.unresolved.handBack : taken;
  return (
    <div className="sale-owner">
      <span className="hint">{isMine ? m.unresolved.yours : <bdi>{owner ?? m.unresolved.nobody}</bdi>}</span>
      <button
        type="button"
        className="link"
        aria-label={`${deed}${m.colon}${what}`}
        disabled={change.isPending}
        onClick={() => change.mutate()}
      >
        {deed}
      </button>
      <RefusalNote error={change.error} />
    </div>
  );
}
