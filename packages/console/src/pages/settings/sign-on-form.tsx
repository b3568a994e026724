import { DISTRIBUTOR_ROLES, OPERATOR_ROLES, type SignOn, type SignOnChange } from '@opentopup/contract';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useAccessMessages } from '../../language/access.ts';
import { useMessages } from '../../language/language.ts';
import { Field, SelectField } from '../../parts/field.tsx';
import { RefusalNote } from '../../parts/refusal-note.tsx';

type RoleOfValue = SignOnChange['roles'][number];

const SCOPE = 'openid email';

interface Props {
  /** Null: none yet. */
  settings: SignOn | null;
  isOfOperator: boolean;
  save: (body: SignOnChange) => Promise<SignOn>;
  onSaved: (saved: SignOn) => void;
}

/** The provider at which people sign in. */
export function SignOnForm({ settings, isOfOperator, save: send, onSaved }: Props) {
  const m = useMessages();
  const a = useAccessMessages();
  const [texts, setTexts] = useState({
    issuer: settings?.issuer ?? '',
    client_id: settings?.client_id ?? '',
    scope: settings?.scope ?? SCOPE,
    role_claim: settings?.role_claim ?? '',
  });
  const [secret, setSecret] = useState('');
  const [roles, setRoles] = useState<RoleOfValue[]>(
    settings?.roles ?? [{ value: '', role: isOfOperator ? 'operator_admin' : 'distributor_admin' }],
  );
  const [only, setOnly] = useState(settings?.only ?? false);
  const save = useMutation({
    mutationFn: () => send({ ...texts, ...(secret && { client_secret: secret }), roles, only }),
    onSuccess: (saved) => {
      setSecret('');
      onSaved(saved);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  const field = (name: keyof typeof texts) => ({
    required: true,
    maxLength: name === 'issuer' ? 500 : 200,
    spellCheck: false,
    value: texts[name],
    onChange: ({ target }: { target: { value: string } }) => setTexts({ ...texts, [name]: target.value }),
  });
  return (
    <form onSubmit={submit} aria-label={m.settings['sign-on']}>
      <Field label={a.signOn.issuer} type="url" {...field('issuer')} />
      <Field label={a.signOn.clientId} autoComplete="off" {...field('client_id')} />
      <Field
        label={a.signOn.secret}
        hint={settings && a.signOn.secretHint}
        type="password"
        autoComplete="off"
        required={!settings}
        value={secret}
        onChange={({ target }) => setSecret(target.value)}
      />
      <Field label={a.signOn.scope} {...field('scope')} />
      <Field label={a.signOn.roleClaim} hint={a.signOn.roleClaimHint} {...field('role_claim')} />
      <RoleList roles={roles} isOfOperator={isOfOperator} onChange={setRoles} />
      <label className="check">
        <input type="checkbox" checked={only} onChange={({ target }) => setOnly(target.checked)} />
        {a.signOn.only}
      </label>
      <p className="hint">{a.signOn.onlyHint}</p>
      <RefusalNote error={save.error} />
      <div role="status">{save.isSuccess && <p className="notice">{m.saved}</p>}</div>
      <div className="actions">
        <button type="submit" className="button button-main" disabled={save.isPending}>
          {m.save}
        </button>
      </div>
    </form>
  );
}

interface RoleListProps {
  roles: RoleOfValue[];
  isOfOperator: boolean;
  onChange: (roles: RoleOfValue[]) => void;
}

/** Which role stands for which value of the claim. */
function RoleList({ roles, isOfOperator, onChange }: RoleListProps) {
  const m = useMessages();
  const a = useAccessMessages();
  const choices = isOfOperator ? OPERATOR_ROLES : DISTRIBUTOR_ROLES;
  const change = (at: number, more: Partial<RoleOfValue>): void =>
    onChange(roles.map((each, i) => (i === at ? { ...each, ...more } : each)));
  return (
    <>
      {roles.map(({ value, role }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a value is where it stands; the first that fits counts.
        <div key={i} className="role-of-value">
          <Field
            label={a.signOn.value(i + 1)}
            required
            maxLength={200}
            spellCheck={false}
            value={value}
            onChange={({ target }) => change(i, { value: target.value })}
          />
          <SelectField
            label={a.signOn.role(i + 1)}
            value={role}
            options={choices.map((each) => ({ value: each, label: m.roles[each] }))}
            onChoose={(chosen) => change(i, { role: chosen })}
          />
          {roles.length > 1 && (
            <button type="button" className="button" onClick={() => onChange(roles.filter((_, at) => at !== i))}>
              {a.signOn.removeRole(i + 1)}
            </button>
          )}
        </div>
      ))}
      <button
        type="button"
        className="button"
        onClick={() => onChange([...roles, { value: '', role: choices.at(-1) ?? 'viewer' }])}
      >
        {a.signOn.addRole}
      </button>
    </>
  );
}
