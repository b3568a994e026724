import 'uplot/dist/uPlot.min.css';
import { type RefObject, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type uPlot from 'uplot';
import { load } from '../server.ts';

const HEIGHT_PX = 220;
/** Room for an instant below the plot, and for a digit beside it. */
const INSTANT_PX = 80;
const DIGIT_PX = 7;

/** A colour of the page, by the name that it has in the style. */
export type Colour = (name: string) => string;

/** What draws. It comes by itself, so that a page without it still has its figures. */
export type Library = typeof uPlot;

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

type Draw = (colour: Colour, library: Library) => Drawing;

/** Draws a plot in a place as wide as that is, and returns what removes it. */
function plotIn(
  place: HTMLElement,
  library: Library,
  draw: Draw,
  onPoint?: (index: number | null) => void,
): () => void {
  const colour: Colour = (name) => getComputedStyle(place).getPropertyValue(name);
  const { options, data, write, count, steps } = draw(colour, library);
  const axis = { stroke: colour('--soft'), grid: { stroke: colour('--line'), width: 1 } };
  const size = () => ({ width: place.clientWidth, height: HEIGHT_PX });
  const plot = new library(
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
    place,
  );
  const follow = new ResizeObserver(() => plot.setSize(size()));
  follow.observe(place);
  return () => {
    follow.disconnect();
    plot.destroy();
  };
}

/** A plot: where it is drawn, and whether that has failed. */
export interface Plot {
  place: RefObject<HTMLDivElement | null>;
  hasFailed: boolean;
}

/**
 * Draws a plot; `draw` has to stay the same as long as the plot does.
 * @param onPoint told which of the instants is pointed at; it has to stay the same too
 */
export function usePlot(draw: Draw, onPoint?: (index: number | null) => void): Plot {
  const place = useRef<HTMLDivElement>(null);
  const [hasFailed, setFailed] = useState(false);
  const isDark = useDark();
  // biome-ignore lint/correctness/useExhaustiveDependencies: in other colours the plot is another.
  useEffect(() => {
    let isWanted = true;
    let remove = (): void => undefined;
    load(() => import('uplot')).then(
      ({ default: library }) => {
        if (!isWanted || !place.current) return;
        try {
          remove = plotIn(place.current, library, draw, onPoint);
        } catch {
          setFailed(true);
        }
      },
      () => setFailed(true),
    );
    return () => {
      isWanted = false;
      remove();
    };
  }, [draw, onPoint, isDark]);
  return { place, hasFailed };
}

/** Bars of one colour. */
export function bars(label: string, ink: string, { paths: ways }: Library): uPlot.Series {
  const paths = ways.bars?.({ size: [0.7, 48] });
  return { label, fill: ink, stroke: ink, points: { show: false }, ...(paths && { paths }) };
}

/** Makes room for the first and the last of the bars at these instants. */
export function aroundBars(instants: readonly number[]): uPlot.Scale {
  const [first = 0, second = first + 1] = instants;
  const half = (second - first) / 2;
  return { range: (_, from, to) => [from - half, to + half] };
}
