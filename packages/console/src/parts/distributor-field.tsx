import { useMessages } from '../language/language.ts';
import { useMay } from '../session/session.ts';
import { SelectField } from './field.tsx';
import { useDistributors } from './use-all-offers.ts';

/** Of which distributor; only the operator sees more than one. */
export function DistributorField({ value, onChoose }: { value: string; onChoose: (value: string) => void }) {
  const m = useMessages();
  const enabled = useMay()('listDistributors');
  const distributors = useDistributors();
  if (!enabled) return null;
  const options = (distributors.data ?? []).map(({ id, name, world }) => ({ value: id, label: `${name} (${world})` }));
  return (
    <SelectField
      label={m.distributor}
      value={value}
      options={[{ value: '', label: m.all }, ...options]}
      onChoose={onChoose}
    />
  );
}
