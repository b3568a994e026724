import type { ChangeEvent } from 'react';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { Field } from '../../parts/field.tsx';
import { readNumber } from './read-number.ts';
import { readSerial } from './read-serial.ts';

interface Props {
  value: string;
  onChange: (value: string) => void;
  /** Show what is wrong with it, also while it may not be finished. */
  strict: boolean;
}

/** What is written when somebody types at the end of a text; in its middle, the cursor must not jump. */
const typed = ({ target }: ChangeEvent<HTMLInputElement>, shown: string): string =>
  target.selectionEnd === target.value.length ? shown : target.value;

/** A number to recharge, told what it is while it is typed. */
export function NumberField({ value, onChange, strict, country }: Props & { country: string }) {
  const m = useMessages();
  const f = useFormats();
  const { state, country: of, isMobile } = readNumber(value, country);
  const kind = isMobile === undefined ? '' : ` · ${isMobile ? m.sell.mobile : m.sell.notMobile}`;
  const isWrong = state === 'other_country' || state === 'not_mobile' || (strict && state !== 'good');
  return (
    <Field
      label={m.sell.number}
      type="tel"
      inputMode="tel"
      autoComplete="off"
      className="line-input"
      autoFocus
      value={value}
      onChange={(event) => {
        const { value: raw } = event.target;
        // A blank or dash that the format added is taken away again together with the digit before it.
        const isShorter = raw.length < value.length;
        onChange(isShorter ? raw : typed(event, readNumber(raw, country).shown));
      }}
      hint={of ? `${f.country(of)}${kind}` : m.sell.numberOf(f.country(country))}
      error={isWrong ? m.sell.numberIs[state](f.country(country)) : undefined}
    />
  );
}

/** The serial of a SIM, as it is printed, scanned or pasted. */
export function SerialField({ value, onChange, strict }: Props) {
  const m = useMessages();
  const { state, digits } = readSerial(value);
  const isWrong = state === 'wrong' || (strict && state !== 'good');
  return (
    <Field
      label={m.sell.serial}
      inputMode="numeric"
      autoComplete="off"
      className="line-input"
      autoFocus
      value={value}
      onChange={(event) => onChange(typed(event, readSerial(event.target.value).shown))}
      hint={state === 'good' ? m.sell.digits(digits.length) : m.sell.serialHint}
      error={isWrong ? m.sell.serialIs[state] : undefined}
    />
  );
}
