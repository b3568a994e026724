import { lineMessage } from '@opentopup/contract';
import type { CheckDigitRule } from '@opentopup/contract/lines/read-serial';
import type { ChangeEvent } from 'react';
import { useFormats } from '../../language/format.ts';
import { useLanguage, useMessages } from '../../language/language.ts';
import { Field } from '../../parts/field.tsx';
import { typedNumber } from './typed-number.ts';
import { typedSerial } from './typed-serial.ts';

interface Props {
  value: string;
  onChange: (value: string) => void;
  /** Show what is wrong with it, also while it may not be finished. */
  strict: boolean;
}

/** What is written when somebody types at the end of a text; in its middle, the cursor must not jump. */
const typed = ({ target }: ChangeEvent<HTMLInputElement>, shown: string): string =>
  target.selectionEnd === target.value.length ? shown : target.value;

/** Of a number or serial that may only be unfinished, nothing is wrong until somebody says that it is finished. */
const UNFINISHED: ReadonlySet<string> = new Set(['not_a_number', 'too_short', 'serial_too_short']);

/** A number to recharge, told what it is while it is typed. */
export function NumberField({ value, onChange, strict, country }: Props & { country: string }) {
  const m = useMessages();
  const f = useFormats();
  const language = useLanguage();
  const { read } = typedNumber(value, country);
  const missing = read.ok || read.missing === 0 || value === '' ? undefined : m.sell.missing(read.missing);
  const wrong = read.ok ? undefined : value === '' ? lineMessage({ fault: 'number_missing' }, language) : missing;
  const isWrong = !read.ok && (strict || !UNFINISHED.has(read.fault));
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
        onChange(isShorter ? raw : typed(event, typedNumber(raw, country).shown));
      }}
      hint={
        read.ok ? m.sell.mobileOf(f.country(country)) : (!isWrong && missing) || m.sell.numberOf(f.country(country))
      }
      error={isWrong ? (wrong ?? lineMessage({ ...read, countries: [...read.countries] }, language)) : undefined}
    />
  );
}

/** The serial of a SIM, as it is printed, scanned or pasted. */
export function SerialField({ value, onChange, strict, rule }: Props & { rule: CheckDigitRule }) {
  const m = useMessages();
  const language = useLanguage();
  const { read } = typedSerial(value, rule);
  const isWrong = !read.ok && (strict || (value !== '' && !UNFINISHED.has(read.fault)));
  const isDoubtful = read.ok && !read.isChecked && rule === 'warn';
  return (
    <Field
      label={m.sell.serial}
      inputMode="numeric"
      autoComplete="off"
      className="line-input"
      autoFocus
      value={value}
      onChange={(event) => onChange(typed(event, typedSerial(event.target.value, rule).shown))}
      hint={
        isDoubtful
          ? lineMessage({ fault: 'serial_check_digit' }, language)
          : read.ok
            ? m.sell.digits(read.serial.length)
            : m.sell.serialHint
      }
      error={isWrong ? lineMessage(value === '' ? { fault: 'serial_missing' } : read, language) : undefined}
    />
  );
}
