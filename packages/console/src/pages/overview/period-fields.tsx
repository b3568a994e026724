import { useMessages } from '../../language/language.ts';
import { DistributorField } from '../../parts/distributor-field.tsx';
import { SelectField } from '../../parts/field.tsx';
import { DayFields, ZoneField } from '../../parts/zone-fields.tsx';
import { OVERVIEW_SPANS, type PeriodAsked } from './use-overview.ts';

interface Props {
  asked: PeriodAsked;
  onChange: (changes: Partial<PeriodAsked>) => void;
}

/** Of which period, whose days these are, and for the operator of which distributor. */
export function PeriodFields({ asked, onChange }: Props) {
  const m = useMessages();
  return (
    <search className="filters">
      <SelectField
        label={m.overview.span}
        value={asked.span}
        options={OVERVIEW_SPANS.map((value) => ({ value, label: m.overview.spans[value] }))}
        onChoose={(chosen) => onChange({ span: chosen, ...(chosen !== 'own' && { from: '', to: '' }) })}
      />
      {asked.span === 'own' && <DayFields asked={asked} onChange={onChange} />}
      <ZoneField asked={asked} onChange={onChange} />
      <DistributorField value={asked.distributor} onChoose={(chosen) => onChange({ distributor: chosen })} />
    </search>
  );
}
