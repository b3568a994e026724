import { useMessages } from '../language/language.ts';
import { Field } from './field.tsx';
import { isZone } from './zone-days.ts';

/** A period in days of a time zone. */
export interface ZonePeriod {
  /** The first and the last day. */
  from: string;
  to: string;
  /** Whose days they are. */
  zone: string;
}

interface Props {
  asked: ZonePeriod;
  onChange: (changes: Partial<ZonePeriod>) => void;
}

/** The first and the last day of a period. */
export function DayFields({ asked: { from, to }, onChange }: Props) {
  const m = useMessages();
  const day = (name: 'from' | 'to', label: string, value: string) => (
    <Field
      label={label}
      type="date"
      required
      value={value}
      onChange={(event) => event.target.value && onChange({ from, to, [name]: event.target.value })}
    />
  );
  return (
    <>
      {day('from', m.transactions.from, from)}
      {day('to', m.transactions.until, to)}
    </>
  );
}

/** Whose days a period has. */
export function ZoneField({ asked: { zone }, onChange }: Props) {
  const m = useMessages();
  return (
    <Field
      label={m.overview.zone}
      hint={m.overview.zoneHint}
      error={isZone(zone) ? undefined : m.overview.noZone}
      autoComplete="off"
      value={zone}
      onChange={(event) => onChange({ zone: event.target.value })}
    />
  );
}
