import type { Overview, OverviewFigures } from '@opentopup/contract';
import { type Formats, useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import type { OverviewSpan } from './use-overview.ts';

/** Gives the part of the settled orders that went well; null where none is settled. */
function rateOf({ ok, ko, expired }: Pick<OverviewFigures, 'ok' | 'ko' | 'expired'>): number | null {
  const settled = ok + ko + expired;
  return settled === 0 ? null : ok / settled;
}
export const writeRate = (f: Formats, figures: OverviewFigures): string => {
  const rate = rateOf(figures);
  return rate === null ? '–' : f.percent(rate);
};
export const failedOf = ({ ko, expired }: OverviewFigures): number => ko + expired;

/** Amounts of several currencies side by side. */
export const writeMoney = (f: Formats, { value }: Pick<OverviewFigures, 'value'>): string =>
  value.map(({ amount, currency }) => f.roughMoney(amount, currency)).join(' + ') || '–';

/** Adds up how much of a currency was sold. */
export const amountIn = ({ value }: Pick<OverviewFigures, 'value'>, currency: string | undefined): number =>
  value.find((each) => each.currency === currency)?.amount ?? 0;

/** The period as a whole, each figure with how it was before. */
export function Totals({ overview, span }: { overview: Overview; span: OverviewSpan }) {
  const m = useMessages();
  const f = useFormats();
  const { totals, compared: until, reversed, delivered_late } = overview;
  const { compared, previous } = totals;
  const changed = [
    { name: m.overview.reversed, change: reversed },
    { name: m.overview.deliveredLate, change: delivered_late },
  ];
  const [rate, was] = [rateOf(compared), rateOf(previous)];
  const main = totals.value[0]?.currency ?? previous.value[0]?.currency;
  const [amount, before] = [amountIn(compared, main), amountIn(previous, main)];
  const against = (write: (figures: OverviewFigures) => string): string =>
    m.overview.before(write(compared), write(previous));
  const count = (name: string, of: (figures: OverviewFigures) => number, hint?: string) => (
    <Figure
      name={name}
      value={f.number(of(totals))}
      before={against((figures) => f.number(of(figures)))}
      change={changeOf(f, of(compared), of(previous))}
      hint={hint}
    />
  );
  return (
    <>
      <p className="compared">{m.overview.compared(m.overview.against[span], f.hour(new Date(until.to)))}</p>
      <dl className="figures">
        {count(m.overview.sold, ({ ok }) => ok)}
        <Figure
          name={m.overview.value}
          value={writeMoney(f, totals)}
          before={against((figures) => writeMoney(f, figures))}
          change={changeOf(f, amount, before)}
        />
        <Figure
          name={m.overview.rate}
          value={writeRate(f, totals)}
          before={against((figures) => writeRate(f, figures))}
          change={rate === null || was === null ? '' : m.overview.points(f.points(rate - was))}
          hint={m.overview.rateHint}
        />
        {count(m.overview.failed, failedOf)}
        {count(m.overview.refused, ({ refused }) => refused, m.overview.refusedHint)}
        {changed.map(
          ({ name, change }) =>
            change.orders > 0 && (
              <Figure key={name} name={name} value={f.number(change.orders)} before={writeMoney(f, change)} change="" />
            ),
        )}
        {totals.pending > 0 && count(m.status.pending, ({ pending }) => pending)}
      </dl>
    </>
  );
}

/** By what share a figure has changed; empty where it was nothing. */
const changeOf = (f: Formats, now: number, then: number): string => (then === 0 ? '' : f.change((now - then) / then));

interface FigureProps {
  name: string;
  value: string;
  before: string;
  change: string;
  hint?: string | undefined;
}

function Figure({ name, value, before, change, hint }: FigureProps) {
  return (
    <div className="card figure">
      <dt>{name}</dt>
      <dd>{value}</dd>
      <dd className="hint">{[change, before].filter(Boolean).join(' · ')}</dd>
      {hint && <dd className="hint">{hint}</dd>}
    </div>
  );
}
