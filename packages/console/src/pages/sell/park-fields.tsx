import { useMessages } from '../../language/language.ts';
import { Field, SelectField } from '../../parts/field.tsx';
import { PARK_SPANS, type ParkWish } from './park-terms.ts';

interface Props {
  /** Null: the order is not to wait. */
  wish: ParkWish | null;
  onWish: (wish: ParkWish | null) => void;
}

/** Lets an order of what is sold out wait for a unit; only where somebody says so. */
export function ParkFields({ wish, onWish }: Props) {
  const m = useMessages();
  const spans = PARK_SPANS.map((value) => ({ value, label: m.sell.park.spans[value] }));
  return (
    <>
      <label className="check">
        <input
          type="checkbox"
          checked={wish !== null}
          onChange={(event) => onWish(event.target.checked ? { span: 'day', email: '' } : null)}
        />
        <span>
          {m.sell.park.wait}
          <span className="hint">{m.sell.park.hint}</span>
        </span>
      </label>
      {wish && (
        <>
          <SelectField
            label={m.sell.park.atMost}
            value={wish.span}
            options={spans}
            onChoose={(span) => onWish({ ...wish, span })}
          />
          <Field
            label={m.sell.park.email}
            hint={m.sell.park.emailHint}
            type="email"
            maxLength={254}
            autoComplete="off"
            value={wish.email}
            onChange={(event) => onWish({ ...wish, email: event.target.value })}
          />
        </>
      )}
    </>
  );
}
