import type { OfferLight, SimulatorNumber } from '@opentopup/contract';
import { useMessages } from '../../language/language.ts';
import { useServerWords } from '../../language/server-words.ts';
import { SelectField } from '../../parts/field.tsx';
import type { CallField } from './calls.ts';
import { lineWith } from './use-samples.ts';

interface Props {
  field: CallField;
  numbers: readonly SimulatorNumber[];
  offer: OfferLight | undefined;
  value: string;
  onChoose: (line: string) => void;
}

/** Fills in a number or serial by what the simulator is to do with it; nothing for any other field. */
export function NumberChoice({ field: { place, path }, numbers, offer, value, onChoose }: Props) {
  const m = useMessages();
  const words = useServerWords();
  const name = path.at(-1) ?? '';
  const isOrder = place === 'body' && name === offer?.product.line_kind;
  const isQuestion = place === 'query' && name === 'simId';
  if (!isOrder && !isQuestion) return null;
  const special = numbers.filter(({ order, sim }) => (isOrder ? order : sim));
  const chosen = special.find(({ ending }) => value.endsWith(ending));
  const options = special.map(({ ending, order, sim }) => ({
    value: ending,
    label: [ending, ...(isOrder && order ? [m.status[order.status], order.reason] : [sim])].filter(Boolean).join(' · '),
  }));
  return (
    <SelectField
      label={m.integrate.number}
      hint={isOrder && chosen?.order && words(chosen.order.description)}
      value={chosen?.ending ?? ''}
      options={[{ value: '', label: m.integrate.anyOther }, ...options]}
      onChoose={(ending) => onChoose(lineWith(offer, name, ending || undefined))}
    />
  );
}
