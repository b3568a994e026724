import 'uplot/dist/uPlot.min.css';
import { type RefObject, useEffect, useRef, useSyncExternalStore } from 'react';
import uPlot from 'uplot';

const HEIGHT_PX = 220;
/** Room for an instant below the plot, and for a digit beside it. */
const INSTANT_PX = 80;
const DIGIT_PX = 7;

/** A colour of the page, by the name that it has in the style. */
export type Colour = (name: string) => string;

/** What is plotted, without what is the same for every plot. */
export interface Drawing {
  options: Omit<uPlot.Options, 'width' | 'height' | 'axes'>;
  data: uPlot.AlignedData;
  /** How the instants below the plot are written, and the numbers beside it. */
  write: (date: Date) => string;
  count: (value: number) => string;
  /** The distances that the lines across may have. */
  steps?: number[];
}

const DARK = matchMedia('(prefers-color-scheme: dark)');
/** True where the system asks for dark colours, now and after each change. */
const useDark = (): boolean =>
  useSyncExternalStore(
    (tell) => {
      DARK.addEventListener('change', tell);
      return () => DARK.removeEventListener('change', tell);
    },
    () => DARK.matches,
  );

/**
 * Draws a plot in a place as wide as that is; `draw` has to stay the same as long as the plot does.
 * @param onPoint told which of the instants is pointed at; it has to stay the same too
 */
export function usePlot(
  draw: (colour: Colour) => Drawing,
  onPoint?: (index: number | null) => void,
): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  const isDark = useDark();
  // biome-ignore lint/correctness/useExhaustiveDependencies: in other colours the plot is another.
  useEffect(() => {
    const { current } = place;
    if (!current) return;
    const colour: Colour = (name) => getComputedStyle(current).getPropertyValue(name);
    const { options, data, write, count, steps } = draw(colour);
    const axis = { stroke: colour('--soft'), grid: { stroke: colour('--line'), width: 1 } };
    const size = () => ({ width: current.clientWidth, height: HEIGHT_PX });
    const plot = new uPlot(
      {
        ...size(),
        legend: { show: false },
        hooks: { setCursor: [({ cursor }) => onPoint?.(cursor.idx ?? null)] },
        axes: [
          { ...axis, space: INSTANT_PX, values: (_, at) => at.map((seconds) => write(new Date(seconds * 1_000))) },
          {
            ...axis,
            size: (_, written) => 24 + DIGIT_PX * Math.max(2, ...(written ?? []).map(({ length }) => length)),
            values: (_, at) => at.map(count),
            ...(steps && { incrs: steps }),
          },
        ],
        ...options,
      },
      data,
      current,
    );
    const follow = new ResizeObserver(() => plot.setSize(size()));
    follow.observe(current);
    return () => {
      follow.disconnect();
      plot.destroy();
    };
  }, [draw, onPoint, isDark]);
  return place;
}

/** Bars of one colour. */
export function bars(label: string, ink: string): uPlot.Series {
  const paths = uPlot.paths.bars?.({ size: [0.7, 48] });
  return { label, fill: ink, stroke: ink, points: { show: false }, ...(paths && { paths }) };
}

/** Makes room for the first and the last of the bars at these instants. */
export function aroundBars(instants: readonly number[]): uPlot.Scale {
  const [first = 0, second = first + 1] = instants;
  const half = (second - first) / 2;
  return { range: (_, from, to) => [from - half, to + half] };
}
