import { useCallback } from 'react';
import { useFormats } from '../../language/format.ts';
import { aroundBars, bars, type Colour, type Drawing, usePlot } from '../../parts/use-plot.ts';
import type { Step } from './summary.ts';

interface Props {
  steps: readonly Step[];
  names: [string, string];
  label: string;
  /** How the instants below the plot are written. */
  write: (date: Date) => string;
}

/** Nothing is no bar, not one without height. */
const bar = (count: number): number | null => count || null;

/** Sales over time, as bars for those that went well and for those that did not. */
export function Plot({ steps, names, label, write }: Props) {
  const f = useFormats();
  const [okName, koName] = names;
  const draw = useCallback(
    (colour: Colour): Drawing => ({
      options: {
        scales: {
          x: aroundBars(steps.map(({ at }) => at)),
          y: { range: (_, __, most) => [0, Math.max(4, most * 1.1)] },
        },
        // The failed ones lie in front, at the foot of the bar of all.
        series: [{}, bars(okName, colour('--good')), bars(koName, colour('--bad'))],
      },
      data: [steps.map(({ at }) => at), steps.map(({ ok, ko }) => bar(ok + ko)), steps.map(({ ko }) => bar(ko))],
      write,
      count: f.number,
      steps: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000],
    }),
    [steps, okName, koName, write, f],
  );
  const place = usePlot(draw);
  return (
    <>
      <p className="legend">
        <span className="ink-good">{okName}</span> <span className="ink-bad">{koName}</span>
      </p>
      <div ref={place} role="img" aria-label={label} className="plot" />
    </>
  );
}
