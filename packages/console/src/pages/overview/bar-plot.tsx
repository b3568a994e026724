import type { Overview } from '@opentopup/contract';
import { useCallback, useMemo, useState } from 'react';
import type uPlot from 'uplot';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { PlotPlace } from '../../parts/plot-place.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { aroundBars, bars, type Colour, type Drawing, type Library, usePlot } from '../../parts/use-plot.ts';

/** One colour of the bars. */
export interface BarSeries {
  name: string;
  ink: 'good' | 'wait' | 'edge' | 'ink' | 'brand';
  values: readonly number[];
}

interface Props {
  title: string;
  points: Overview['points'];
  step: Overview['step'];
  /** From the foot of the bars up. */
  series: readonly BarSeries[];
  /** How values are written. */
  count: (value: number) => string;
  /** True for values that are counted. */
  isWhole?: boolean;
}

const FEWEST = 4;
const HOUR_S = 3_600;
const WHOLE_STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000];

/** What is piled up to the top of a series, from the last one that is drawn in front of the others. Nothing is no bar. */
const piled = (series: readonly BarSeries[]): (number | null)[][] =>
  series.map((_, top) =>
    (series[0]?.values ?? []).map(
      (__, i) => series.slice(0, top + 1).reduce((sum, { values }) => sum + (values[i] ?? 0), 0) || null,
    ),
  );

function wholeDay([first = 0, ...later]: readonly number[]): uPlot.Scale {
  const last = Math.max(first + 23 * HOUR_S, ...later);
  return { range: () => [first - HOUR_S / 2, last + HOUR_S / 2] };
}

/** Bars over time. What is pointed at is written above them, and all of it stands in a table below. */
export function BarPlot({ title, points, step, series, count, isWhole = false }: Props) {
  const m = useMessages();
  const f = useFormats();
  const [pointed, setPointed] = useState<number | null>(null);
  const write = step === 'day' ? f.utcDay : f.hour;
  const instants = useMemo(() => points.map(({ date }) => Date.parse(date) / 1_000), [points]);
  const draw = useCallback(
    (colour: Colour, library: Library): Drawing => ({
      options: {
        ...(step === 'day' && { tzDate: (at: number) => library.tzDate(new Date(at * 1_000), 'Etc/UTC') }),
        scales: {
          // Hours are those of a day, also while it is young.
          x: step === 'hour' ? wholeDay(instants) : aroundBars(instants),
          y: { range: (_, __, most) => [0, Math.max(isWhole ? FEWEST : 0, most * 1.1)] },
        },
        // The highest pile is drawn first, those at the foot in front of it.
        series: [{}, ...series.toReversed().map(({ name, ink }) => bars(name, colour(`--${ink}`), library))],
        cursor: { drag: { x: false, y: false }, y: false, points: { show: false } },
      },
      data: [instants, ...piled(series).toReversed()],
      write,
      count,
      ...(isWhole && { steps: WHOLE_STEPS }),
    }),
    [instants, series, count, isWhole, step, write],
  );
  const plot = usePlot(draw, setPointed);
  // Until something is pointed at, what happened last.
  const shown = pointed ?? points.length - 1;
  const at = (i: number): string => write(new Date((instants[i] ?? 0) * 1_000));
  return (
    <section className="card">
      <h2>{title}</h2>
      <p className="legend">
        <strong>{at(shown)}</strong>
        {series.toReversed().map(({ name, ink, values }) => (
          <span key={name} className={`ink-${ink}`}>
            {name} <b>{count(values[shown] ?? 0)}</b>
          </span>
        ))}
      </p>
      <PlotPlace plot={plot} label={title} />
      {step === 'day' && <p className="hint">{m.overview.utc}</p>}
      <details>
        <summary>{m.overview.numbers}</summary>
        <Scroll className="table-place table-tall" label={title}>
          <table>
            <thead>
              <tr>
                <th scope="col">{m.receipt.date}</th>
                {series.toReversed().map(({ name }) => (
                  <th key={name} scope="col" className="number">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {points.toReversed().map(({ date }, fromLast) => {
                const i = points.length - 1 - fromLast;
                return (
                  <tr key={date}>
                    <th scope="row">{at(i)}</th>
                    {series.toReversed().map(({ name, values }) => (
                      <td key={name} className="number">
                        {count(values[i] ?? 0)}
                      </td>
                    ))}
                  </tr>
                );
              })}
            </tbody>
          </table>
        </Scroll>
      </details>
    </section>
  );
}
