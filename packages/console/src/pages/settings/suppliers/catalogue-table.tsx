import type { CatalogueEntry } from '@opentopup/contract';
import { useFormats } from '../../../language/format.ts';
import { useMessages } from '../../../language/language.ts';
import { Scroll } from '../../../parts/scroll.tsx';

/** What is chosen, by the supplier's names; with the amount that is written, where there has to be one. */
export type Choices = ReadonlyMap<string, { range: boolean; amount: string }>;

interface Props {
  entries: readonly CatalogueEntry[];
  choices: Choices;
  /** Absent where nothing may be chosen. */
  onChange: ((choices: Choices) => void) | undefined;
}

/** What a supplier lists, to choose from. */
export function CatalogueTable({ entries, choices, onChange }: Props) {
  const m = useMessages();
  const f = useFormats();
  return (
    <Scroll className="table-place table-tall" label={m.suppliers.catalogue}>
      <table>
        <thead>
          <tr>
            <th scope="col">{m.suppliers.text}</th>
            <th scope="col" className="number">
              {m.suppliers.cost}
            </th>
            <th scope="col">{m.suppliers.gets}</th>
            <th scope="col">{m.suppliers.country}</th>
            <th scope="col">{m.suppliers.network}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.supplier_reference}>
              <th scope="row">
                <Choice entry={entry} choices={choices} onChange={onChange} />
              </th>
              <td className="number">{chargedOf(entry, f)}</td>
              <td>{getsOf(entry, f)}</td>
              <td>{entry.line_country}</td>
              <td>{entry.network?.name}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** What is charged: of a range, for the least and the most that the line may get. */
function chargedOf({ range, cost, currency }: CatalogueEntry, f: ReturnType<typeof useFormats>): string {
  if (!range) return f.money(cost, currency);
  return `${f.money(cost * range.min, currency)} – ${f.money(cost * range.max, currency)}`;
}

function getsOf({ range, denomination }: CatalogueEntry, f: ReturnType<typeof useFormats>): string {
  if (range) return `${f.money(range.min, range.currency)} – ${f.money(range.max, range.currency)}`;
  return denomination ? f.money(denomination.amount, denomination.currency) : '';
}

interface ChoiceProps extends Omit<Props, 'entries'> {
  entry: CatalogueEntry;
}

function Choice({ entry, choices, onChange }: ChoiceProps) {
  const m = useMessages();
  const { supplier_reference: name, range, withdrawal_date, product_id } = entry;
  const chosen = choices.get(name);
  const change = (choice: { range: boolean; amount: string } | null): void => {
    const next = new Map(choices);
    if (choice) next.set(name, choice);
    else next.delete(name);
    onChange?.(next);
  };
  return (
    <>
      <span className="check">
        {onChange && !withdrawal_date && (
          <input
            type="checkbox"
            aria-label={m.suppliers.choose(entry.name)}
            checked={chosen !== undefined}
            onChange={(event) => change(event.target.checked ? { range: range !== undefined, amount: '' } : null)}
          />
        )}
        <span>
          {entry.name}
          <span className="hint">{name}</span>
        </span>
      </span>
      {withdrawal_date && <span className="badge badge-ko">{m.suppliers.withdrawn}</span>}
      {product_id && <span className="badge">{m.suppliers.chosen}</span>}
      {chosen && range && (
        <input
          type="number"
          aria-label={m.suppliers.amount(entry.name)}
          min={range.min}
          max={range.max}
          step="any"
          required
          placeholder={`${range.min}–${range.max} ${range.currency}`}
          value={chosen.amount}
          onChange={(event) => change({ range: true, amount: event.target.value })}
        />
      )}
    </>
  );
}
