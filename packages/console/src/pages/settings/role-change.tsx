import type { Account, Role } from '@opentopup/contract';
import { DISTRIBUTOR_ROLES, OPERATOR_ROLES } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useMessages } from '../../language/language.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { SelectField } from '../../parts/field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';
import { queries, server } from '../../server.ts';

type DistributorRole = (typeof DISTRIBUTOR_ROLES)[number];

const FORM = 'role';

interface Props {
  account: Account;
  isOperator: boolean;
  onDone: () => void;
}

/** Gives somebody another role; people stay with the operator, or with their distributor. */
export function RoleChange({ account: { id, email, role: before, distributor_id }, isOperator, onDone }: Props) {
  const m = useMessages();
  const [role, setRole] = useState<Role>(before);
  const roles: readonly Role[] = distributor_id ? DISTRIBUTOR_ROLES : OPERATOR_ROLES;
  const change = useMutation({
    mutationFn: () =>
      isOperator
        ? server.operator.call('changeAccount', { params: { id }, body: { role } })
        : server.opentopup.call('changeStaff', { params: { id }, body: { role: role as DistributorRole } }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['staff'] });
      onDone();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate();
  };
  return (
    <Confirm
      open
      title={m.staff.roleOf(email)}
      onClose={onDone}
      actions={
        <>
          <button type="button" className="button" onClick={onDone}>
            {m.cancel}
          </button>
          <button type="submit" form={FORM} className="button button-main" disabled={change.isPending}>
            {m.save}
          </button>
        </>
      }
    >
      <form id={FORM} onSubmit={submit}>
        <SelectField
          label={m.staff.role}
          value={role}
          options={roles.map((value) => ({ value, label: m.roles[value] }))}
          onChoose={setRole}
        />
        <p className="hint">{m.staff.roleEffect}</p>
        <RefusalNote error={change.error} />
      </form>
    </Confirm>
  );
}
