import type { Account, AccountLink } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useMessages } from '../../language/language.ts';
import { ConfirmDeed } from '../../parts/confirm-deed.tsx';
import { Copy } from '../../parts/copy.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useStaff } from '../../parts/use-staff.ts';
import { onceOnly, queries, server } from '../../server.ts';
import { useMay, useSignedIn } from '../../session/session.ts';
import { Invite } from './invite.tsx';
import { RoleChange } from './role-change.tsx';

/** Who may sign in, and as what. */
export function StaffSettings() {
  const m = useMessages();
  const may = useMay();
  const me = useSignedIn();
  const isOperator = may('listAccounts');
  const [link, setLink] = useState<AccountLink | null>(null);
  const [leaving, setLeaving] = useState<Account | null>(null);
  const [changing, setChanging] = useState<Account | null>(null);
  const list = useStaff();
  const refresh = () => queries.invalidateQueries({ queryKey: ['staff'] });
  const remove = useMutation({
    mutationFn: (id: string) =>
      isOperator
        ? server.operator.call('removeAccount', { params: { id } })
        : server.opentopup.call('removeStaff', { params: { id } }),
    onSuccess: refresh,
  });
  const renew = useMutation({
    mutationFn: (id: string) =>
      isOperator
        ? server.operator.call('createAccountLink', { params: { id } })
        : server.opentopup.call('createStaffLink', { params: { id } }),
    retry: onceOnly,
    onSuccess: setLink,
  });
  const mayChange = may('inviteStaff') || may('inviteAccount');
  const invited = (made: AccountLink): void => {
    setLink(made);
    void refresh();
  };
  if (list.isPending) return <Skeleton />;
  return (
    <div className="columns">
      <section className="card">
        <h2>{m.settings.staff}</h2>
        <RefusalNote error={list.error ?? remove.error} />
        <RefusalNote error={renew.error} once />
        {link?.link && (
          <div className="notice" role="status">
            <p>{m.staff.passOn(link.account.email)}</p>
            <Copy text={link.link} label={m.staff.link} />
          </div>
        )}
        <ul className="plain">
          {list.data?.map((account) => (
            <li key={account.id} className="entry">
              <Person account={account} />
              {mayChange && account.id !== me.id && (
                <span className="actions">
                  <button type="button" className="button" onClick={() => setChanging(account)}>
                    {m.staff.changeRole}
                  </button>
                  <button type="button" className="button" onClick={() => renew.mutate(account.id)}>
                    {m.staff.newLink}
                  </button>
                  <button type="button" className="button" onClick={() => setLeaving(account)}>
                    {m.staff.remove}
                  </button>
                </span>
              )}
            </li>
          ))}
        </ul>
      </section>
      {mayChange && <Invite isOperator={isOperator} onInvited={invited} />}
      {leaving && (
        <ConfirmDeed
          title={m.staff.sure(leaving.email)}
          deed={m.staff.remove}
          onDo={() => remove.mutate(leaving.id)}
          onClose={() => setLeaving(null)}
        >
          <p>{m.staff.effect}</p>
        </ConfirmDeed>
      )}
      {changing && <RoleChange account={changing} isOperator={isOperator} onDone={() => setChanging(null)} />}
    </div>
  );
}

function Person({ account: { email, role, status } }: { account: Account }) {
  const m = useMessages();
  return (
    <span>
      <strong>{email}</strong>
      <span className="hint">
        {m.roles[role]}
        {status === 'invited' && ` · ${m.staff.invited}`}
      </span>
    </span>
  );
}
