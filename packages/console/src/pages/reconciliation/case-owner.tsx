import type { ReconciliationCaseDetail } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { useBooksMessages } from '../../language/books.ts';
import { useMessages } from '../../language/language.ts';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { server } from '../../server.ts';
import { useMay, useSignedIn } from '../../session/session.ts';
import { caseChanged } from './use-case.ts';

/** Who takes care of a difference; whoever looks at it may take it over, or leave it. */
export function CaseOwner({ found: { id, owner, status } }: { found: ReconciliationCaseDetail }) {
  const m = useMessages();
  const b = useBooksMessages();
  const may = useMay();
  const me = useSignedIn();
  const change = useMutation({
    mutationFn: (next: string | null) =>
      server.operator.call('changeReconciliationCase', { params: { id }, body: { owner: next } }),
    onSuccess: caseChanged,
  });
  const isMine = owner === me.email;
  return (
    <>
      <p>
        {b.cases.owner}
        {m.colon}
        <strong>{owner ?? '–'}</strong>
      </p>
      <RefusalNote error={change.error} />
      {status === 'open' && may('changeReconciliationCase') && (
        <div className="actions">
          <button
            type="button"
            className="button"
            disabled={change.isPending}
            onClick={() => change.mutate(isMine ? null : me.email)}
          >
            {isMine ? b.cases.leave : b.cases.take}
          </button>
        </div>
      )}
    </>
  );
}
