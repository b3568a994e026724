import { useMessages } from '../language/language.ts';
import { useMay } from '../session/session.ts';
import { SelectField } from './field.tsx';
import { useDistributors } from './use-all-offers.ts';

interface Props {
  value: string;
  onChoose: (value: string) => void;
  /** What it says where none is chosen; all of them, unless told. */
  every?: string;
}

/** Of which distributor; only the operator sees more than one. */
export function DistributorField({ value, onChoose, every }: Props) {
  const m = useMessages();
  const enabled = useMay()('listDistributors');
  const distributors = useDistributors();
  if (!enabled) return null;
  // Sandboxes are mostly called so.
  const options = (distributors.data ?? []).map(({ id, name, world }) => ({
    value: id,
    label: name.toLowerCase().includes(world) ? name : `${name} (${m[world]})`,
  }));
  return (
    <SelectField
      label={m.distributor}
      value={value}
      options={[{ value: '', label: every ?? m.all }, ...options]}
      onChoose={onChoose}
    />
  );
}
