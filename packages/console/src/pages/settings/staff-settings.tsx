import type { Account, AccountLink, Role } from '@opentopup/contract';
import { DISTRIBUTOR_ROLES, OPERATOR_ROLES } from '@opentopup/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useMessages } from '../../language/language.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Copy } from '../../parts/copy.tsx';
import { Field, SelectField } from '../../parts/field.tsx';
import { Refusal } from '../../parts/refusal.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useDistributors } from '../../parts/use-all-offers.ts';
import { queries, server } from '../../server.ts';
import { useMay, useSignedIn } from '../../session/session.ts';

type DistributorRole = (typeof DISTRIBUTOR_ROLES)[number];
interface Invitation {
  email: string;
  role: Role;
  distributor_id?: string;
}

/** Who may sign in, and as what. */
export function StaffSettings() {
  const m = useMessages();
  const may = useMay();
  const me = useSignedIn();
  const isOperator = may('listAccounts');
  const [link, setLink] = useState<AccountLink | null>(null);
  const [leaving, setLeaving] = useState<Account | null>(null);
  const list = useQuery({
    queryKey: ['staff'],
    queryFn: () => (isOperator ? server.operator.call('listAccounts', {}) : server.opentopup.call('listStaff', {})),
  });
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
        <Refusal error={list.error ?? remove.error ?? renew.error} />
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
      <Confirm
        open={leaving !== null}
        title={m.staff.sure(leaving?.email ?? '')}
        onClose={() => setLeaving(null)}
        actions={
          <>
            <button type="button" className="button" onClick={() => setLeaving(null)}>
              {m.cancel}
            </button>
            <button
              type="button"
              className="button button-main"
              onClick={() => {
                if (leaving) remove.mutate(leaving.id);
                setLeaving(null);
              }}
            >
              {m.staff.remove}
            </button>
          </>
        }
      >
        <p>{m.staff.effect}</p>
      </Confirm>
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

function Invite({ isOperator, onInvited }: { isOperator: boolean; onInvited: (link: AccountLink) => void }) {
  const m = useMessages();
  const distributors = useDistributors();
  const roles: readonly Role[] = isOperator ? [...OPERATOR_ROLES, ...DISTRIBUTOR_ROLES] : DISTRIBUTOR_ROLES;
  const [{ email, role, distributor_id }, setInvitation] = useState<Invitation>({ email: '', role: 'seller' });
  const change = (part: Partial<Invitation>): void => setInvitation((before) => ({ ...before, ...part }));
  const needsDistributor = isOperator && !role.startsWith('operator');
  const first = distributors.data?.[0]?.id;
  const whose = distributor_id ?? first;
  const invite = useMutation({
    mutationFn: () =>
      isOperator
        ? server.operator.call('inviteAccount', {
            body: { email, role, ...(needsDistributor && whose && { distributor_id: whose }) },
          })
        : server.opentopup.call('inviteStaff', { body: { email, role: role as DistributorRole } }),
    onSuccess: (link) => {
      change({ email: '' });
      onInvited(link);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    invite.mutate();
  };
  return (
    <form className="card" onSubmit={submit}>
      <h2>{m.staff.invite}</h2>
      <Field
        label={m.signIn.email}
        type="email"
        autoComplete="off"
        required
        value={email}
        onChange={(event) => change({ email: event.target.value })}
      />
      <SelectField
        label={m.staff.role}
        value={role}
        options={roles.map((value) => ({ value, label: m.roles[value] }))}
        onChoose={(chosen) => change({ role: chosen })}
      />
      {needsDistributor && (
        <SelectField
          label={m.distributor}
          value={whose ?? ''}
          options={(distributors.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          onChoose={(chosen) => change({ distributor_id: chosen })}
        />
      )}
      <Refusal error={invite.error} />
      <button type="submit" className="button button-main" disabled={invite.isPending}>
        {m.staff.invite}
      </button>
    </form>
  );
}
