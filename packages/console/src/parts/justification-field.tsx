import type { ReactNode } from 'react';
import { useMessages } from '../language/language.ts';
import { TextField } from './field.tsx';

interface Props {
  hint?: ReactNode;
  value: string;
  /** Whether it can also be left empty; what it is for then says so by itself. */
  isOptional?: boolean;
  onWrite: (justification: string) => void;
}

/** Takes the justification of a deed, which is kept with it. */
export function JustificationField({ hint, value, isOptional = false, onWrite }: Props) {
  const m = useMessages();
  return (
    <TextField
      label={m.justification}
      hint={hint}
      required={!isOptional}
      maxLength={1000}
      value={value}
      onChange={(event) => onWrite(event.target.value)}
    />
  );
}
