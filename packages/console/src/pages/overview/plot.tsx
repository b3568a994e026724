import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import type { Step } from './summary.ts';

const HEIGHT_PX = 220;

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
  const place = useRef<HTMLDivElement>(null);
  const [okName, koName] = names;
  useEffect(() => {
    const { current } = place;
    if (!current) return;
    const colour = (name: string): string => getComputedStyle(current).getPropertyValue(name);
    const bars = uPlot.paths.bars?.({ size: [0.7, 48] });
    const axis = { stroke: colour('--soft'), grid: { stroke: colour('--line'), width: 1 } };
    const series = (name: string, ink: string) => ({
      label: name,
      fill: colour(ink),
      stroke: colour(ink),
      points: { show: false },
      ...(bars && { paths: bars }),
    });
    const plot = new uPlot(
      {
        width: current.clientWidth,
        height: HEIGHT_PX,
        legend: { show: false },
        scales: { y: { range: (_, __, most) => [0, Math.max(4, most * 1.1)] } },
        axes: [
          { ...axis, values: (_, at) => at.map((seconds) => write(new Date(seconds * 1_000))) },
          { ...axis, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000] },
        ],
        // The failed ones lie in front, at the foot of the bar of all.
        series: [{}, series(okName, '--good'), series(koName, '--bad')],
      },
      [steps.map(({ at }) => at), steps.map(({ ok, ko }) => bar(ok + ko)), steps.map(({ ko }) => bar(ko))],
      current,
    );
    const follow = new ResizeObserver(() => plot.setSize({ width: current.clientWidth, height: HEIGHT_PX }));
    follow.observe(current);
    return () => {
      follow.disconnect();
      plot.destroy();
    };
  }, [steps, okName, koName, write]);
  return (
    <>
      <p className="legend">
        <span className="ink-good">{okName}</span> <span className="ink-bad">{koName}</span>
      </p>
      <div ref={place} role="img" aria-label={label} className="plot" />
    </>
  );
}
