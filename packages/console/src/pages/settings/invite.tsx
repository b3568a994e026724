import type { AccountLink, Role } from '@opentopup/contract';
import { DISTRIBUTOR_ROLES, OPERATOR_ROLES } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useMessages } from '../../language/language.ts';
import { Field, SelectField } from '../../parts/field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { useDistributors } from '../../parts/use-all-offers.ts';
import { onceOnly, queries, server } from '../../server.ts';

type DistributorRole = (typeof DISTRIBUTOR_ROLES)[number];
interface Invitation {
  email: string;
  role: Role;
  distributor_id?: string;
}

/** Invites somebody, with a link that has to be passed on. */
export function Invite({ isOperator, onInvited }: { isOperator: boolean; onInvited: (link: AccountLink) => void }) {
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
    retry: onceOnly,
    onError: () => queries.invalidateQueries({ queryKey: ['staff'] }),
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
      <RefusalNote error={invite.error} once />
      <button type="submit" className="button button-main" disabled={invite.isPending}>
        {m.staff.invite}
      </button>
    </form>
  );
}
