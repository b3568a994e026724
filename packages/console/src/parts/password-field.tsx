import { SHORTEST_PASSWORD } from '@opentopup/contract';
import { useMessages } from '../language/language.ts';
import { Field } from './field.tsx';

interface Props {
  value: string;
  onChange: (password: string) => void;
}

/** The password that somebody has, asked for again before anything is changed. */
export function PresentPassword({ value, onChange }: Props) {
  const m = useMessages();
  return (
    <Field
      label={m.account.present}
      type="password"
      autoComplete="current-password"
      required
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** A password that is to be, with what is asked of it. */
export function NewPassword({ value, onChange }: Props) {
  const m = useMessages();
  return (
    <Field
      label={m.link.password}
      hint={m.link.passwordHint(SHORTEST_PASSWORD)}
      type="password"
      autoComplete="new-password"
      required
      minLength={SHORTEST_PASSWORD}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
