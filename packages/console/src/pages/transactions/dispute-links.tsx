import type { DisputeLink, NewDisputeLink } from '@opentopup/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useBooksMessages } from '../../language/books.ts';
import { useFormats } from '../../language/format.ts';
import { Copy } from '../../parts/copy.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { queries, server } from '../../server.ts';
import { useMay } from '../../session/session.ts';

/** Shares the story of a sale by a link, and shows and closes the links that are open. */
export function DisputeLinks({ id }: { id: string }) {
  const b = useBooksMessages();
  const may = useMay();
  const isOperator = may('listDisputeLinks');
  const key = ['dispute links', id];
  const { data } = useQuery({
    queryKey: key,
    enabled: isOperator || may('listOwnDisputeLinks'),
    queryFn: (): Promise<DisputeLink[]> =>
      isOperator
        ? server.operator.call('listDisputeLinks', { params: { id } })
        : server.opentopup.call('listOwnDisputeLinks', { params: { id } }),
  });
  const create = useMutation({
    mutationFn: (): Promise<NewDisputeLink> => {
      const input = { params: { id }, body: {} };
      return isOperator
        ? server.operator.call('createDisputeLink', input)
        : server.opentopup.call('createOwnDisputeLink', input);
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
  });
  if (!may('createDisputeLink') && !may('createOwnDisputeLink')) return null;
  const now = new Date().toISOString();
  const open = (data ?? []).filter((each) => each.revocation_date === undefined && each.expiration_date > now);
  return (
    <details className="card">
      <summary>{b.dispute.title}</summary>
      <p className="hint">{isOperator ? b.dispute.operatorHint : b.dispute.hint}</p>
      {create.data && <Copy label={b.dispute.address} text={create.data.url} />}
      <ul className="plain">
        {open.map((link) => (
          <OpenLink key={link.id} link={link} isOperator={isOperator} />
        ))}
      </ul>
      <RefusalNote error={create.error} />
      <button type="button" className="button button-main" disabled={create.isPending} onClick={() => create.mutate()}>
        {b.dispute.create}
      </button>
    </details>
  );
}

function OpenLink({ link, isOperator }: { link: DisputeLink; isOperator: boolean }) {
  const b = useBooksMessages();
  const f = useFormats();
  const revoke = useMutation({
    mutationFn: (): Promise<DisputeLink> =>
      isOperator
        ? server.operator.call('revokeDisputeLink', { params: { id: link.id } })
        : server.opentopup.call('revokeOwnDisputeLink', { params: { id: link.id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['dispute links', link.transaction_id] }),
  });
  return (
    <li>
      <p>{b.dispute.openUntil(f.moment(link.creation_date), f.moment(link.expiration_date))}</p>
      <RefusalNote error={revoke.error} />
      <button type="button" className="button" disabled={revoke.isPending} onClick={() => revoke.mutate()}>
        {b.dispute.revoke}
      </button>
    </li>
  );
}
