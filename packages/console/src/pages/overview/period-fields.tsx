import { useMessages } from '../../language/language.ts';
import { DistributorField } from '../../parts/distributor-field.tsx';
import { Field, SelectField } from '../../parts/field.tsx';
import { isZone } from '../../parts/zone-days.ts';
import { OVERVIEW_SPANS, type PeriodAsked } from './use-overview.ts';

interface Props {
  asked: PeriodAsked;
  onChange: (changes: Partial<PeriodAsked>) => void;
}

/** Of which period, whose days these are, and for the operator of which distributor. */
export function PeriodFields({ asked: { span, from, to, zone, distributor }, onChange }: Props) {
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
    <search className="filters">
      <SelectField
        label={m.overview.span}
        value={span}
        options={OVERVIEW_SPANS.map((value) => ({ value, label: m.overview.spans[value] }))}
        onChoose={(chosen) => onChange({ span: chosen, ...(chosen !== 'own' && { from: '', to: '' }) })}
      />
      {span === 'own' && (
        <>
          {day('from', m.transactions.from, from)}
          {day('to', m.transactions.until, to)}
        </>
      )}
      <Field
        label={m.overview.zone}
        hint={m.overview.zoneHint}
        error={isZone(zone) ? undefined : m.overview.noZone}
        autoComplete="off"
        value={zone}
        onChange={(event) => onChange({ zone: event.target.value })}
      />
      <DistributorField value={distributor} onChoose={(chosen) => onChange({ distributor: chosen })} />
    </search>
  );
}
