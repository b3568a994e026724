import { useMessages } from '../../language/language.ts';
import { Field } from '../../parts/field.tsx';

interface Props {
  units: string;
  onUnits: (units: string) => void;
  unitsHint?: string;
  reference: string;
  onReference: (reference: string) => void;
  /** Whose reference it is, and what it is good for. */
  about: { label: string; hint: string };
}

/** How many units come to a stock, and the reference under which they come once. */
export function UnitsFields({ units, onUnits, unitsHint, reference, onReference, about }: Props) {
  const m = useMessages();
  return (
    <>
      <Field
        label={m.stock.units}
        hint={unitsHint}
        type="number"
        inputMode="numeric"
        min={1}
        step={1}
        required
        value={units}
        onChange={(event) => onUnits(event.target.value)}
      />
      <Field
        {...about}
        required
        maxLength={255}
        value={reference}
        onChange={(event) => onReference(event.target.value)}
      />
    </>
  );
}
