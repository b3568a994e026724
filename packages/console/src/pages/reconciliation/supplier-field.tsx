import { useBooksMessages } from '../../language/books.ts';
import { useMessages } from '../../language/language.ts';
import { SelectField } from '../../parts/field.tsx';
import { useSupplierChoices } from '../transactions/use-choices.ts';

interface Props {
  value: string;
  onChoose: (value: string) => void;
  /** What it says where none is chosen. */
  every?: string;
}

/** Of which supplier. */
export function SupplierField({ value, onChoose, every }: Props) {
  const m = useMessages();
  const b = useBooksMessages();
  const choices = useSupplierChoices() ?? [];
  return (
    <SelectField
      label={m.supplier}
      value={value}
      options={[{ value: '', label: every ?? b.runs.choose }, ...choices]}
      onChoose={onChoose}
    />
  );
}
