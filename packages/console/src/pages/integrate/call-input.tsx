import type { ReactNode } from 'react';
import { useMessages } from '../../language/language.ts';
import { useServerWords } from '../../language/server-words.ts';
import { Field, SelectField, TextField } from '../../parts/field.tsx';
import type { CallField, CallName } from './calls.ts';
import { type Samples, subjectOf } from './use-samples.ts';

interface Props {
  name: CallName;
  field: CallField;
  samples: Samples;
  value: string;
  onType: (text: string) => void;
  onOffer: (id: string) => void;
  /** What helps to fill it in. */
  children: ReactNode;
}

/** One value of a call, under the name that it has on the wire. Nothing is demanded: refusals may be tried too. */
export function CallInput({ name, field, samples, value, onType, onOffer, children }: Props) {
  const m = useMessages();
  const words = useServerWords();
  const { path, kind, choices, isNeeded, about } = field;
  const label = `${path.join('.')}${isNeeded ? ` (${m.integrate.needed})` : ''}`;
  const hint = about && words(about);
  const subject = subjectOf(name, field);
  const named = subject === 'offer' ? samples.offers : subject === 'supplier' ? samples.suppliers : null;
  const options = named?.map((each) => ({ value: each.id, label: each.name })) ?? choicesOf(kind, choices);
  if (options) {
    const all = isNeeded && named ? options : [{ value: '', label: '–' }, ...options];
    const isOrdered = subject === 'offer' && isNeeded;
    return (
      <SelectField label={label} hint={hint} value={value} options={all} onChoose={isOrdered ? onOffer : onType} />
    );
  }
  if (kind === 'long' || kind === 'json') {
    return <TextField label={label} hint={hint} value={value} onChange={(event) => onType(event.target.value)} />;
  }
  return (
    <>
      <Field
        label={label}
        hint={hint}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onType(event.target.value)}
      />
      {children}
    </>
  );
}

function choicesOf(kind: CallField['kind'], choices: readonly string[]) {
  if (kind !== 'flag' && kind !== 'choice') return undefined;
  return (kind === 'flag' ? ['true', 'false'] : choices).map((value) => ({ value, label: value }));
}
