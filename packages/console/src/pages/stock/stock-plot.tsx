import type { OfferStock } from '@opentopup/contract';
import { useCallback } from 'react';
import type uPlot from 'uplot';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { PlotPlace } from '../../parts/plot-place.tsx';
import { aroundBars, bars, type Colour, type Drawing, type Library, usePlot } from '../../parts/use-plot.ts';
import type { Ahead } from './look-ahead.ts';

type Past = Pick<OfferStock, 'history'>;

const FEWEST = 4;
const scales: uPlot.Scales = { y: { range: (_, __, most) => [0, Math.max(FEWEST, most * 1.1)] } };

/** The days of a history are those of UTC, its hours those of whoever looks. */
const placed = ({ history: { step } }: Past, library: Library) =>
  step === 'day' ? { tzDate: (at: number) => library.tzDate(new Date(at * 1_000), 'Etc/UTC') } : {};
const instants = ({ history: { points } }: Past) => points.map(({ date }) => Date.parse(date) / 1_000);

/** Tells how days and numbers of a history are written. */
function useWriting({ history: { step } }: Past) {
  const f = useFormats();
  return { write: step === 'day' ? f.utcDay : f.shortDay, count: f.number };
}

interface Props extends Past {
  /** What is likely to come. */
  ahead: Ahead | null;
}

const NO_LINE = { paths: () => null };
const NO_POINTS = { points: { show: false } };

/** Gives the series of what is likely to come, after those of what was: the range, the line, and where that ends. */
function seriesAhead(colour: Colour): uPlot.Series[] {
  const ink = colour('--wait');
  return [
    { stroke: ink, width: 0.5, ...NO_POINTS },
    { stroke: ink, width: 0.5, ...NO_POINTS },
    // After the range, which would be drawn over it.
    { stroke: ink, width: 2, dash: [6, 4], ...NO_POINTS },
    { ...NO_LINE, points: { show: true, size: 11, fill: colour('--bad'), stroke: colour('--bad') } },
  ];
}
const MOST_SERIES = 3;
const FEWEST_SERIES = 4;

/** What was left over time, when units were granted, and what will be left. */
export function StockPlot({ history, ahead }: Props) {
  const m = useMessages();
  const { write, count } = useWriting({ history });
  const draw = useCallback(
    (colour: Colour, library: Library): Drawing => {
      const past = history.points.map(() => null);
      const future = ahead?.instants ?? [];
      const after = future.map(() => null);
      const empty = future.map((at) => (at === ahead?.empty_s ? 0 : null));
      return {
        options: {
          ...placed({ history }, library),
          scales,
          series: [
            {},
            { stroke: colour('--brand'), fill: colour('--tint'), width: 2, ...NO_POINTS },
            {
              ...NO_LINE,
              stroke: colour('--ink'),
              points: { show: true, size: 12, fill: colour('--paper'), width: 3 },
            },
            ...(ahead ? seriesAhead(colour) : []),
          ],
          ...(ahead && { bands: [{ series: [MOST_SERIES, FEWEST_SERIES], fill: colour('--wait-tint') }] }),
        },
        data: [
          [...instants({ history }), ...future],
          [
            ...history.points.map(({ available }) => available),
            ...future.map((_, i) => (i === 0 ? (ahead?.median[0] ?? null) : null)),
          ],
          [...history.points.map(({ granted, available }) => (granted === 0 ? null : available)), ...after],
          ...(ahead ? [ahead.most, ahead.fewest, ahead.median, empty].map((values) => [...past, ...values]) : []),
        ],
        write,
        count,
      };
    },
    [history, ahead, write, count],
  );
  const plot = usePlot(draw);
  return (
    <>
      <p className="legend">
        <span className="ink-brand">{m.stock.available}</span> <span className="ink-ink">{m.stock.granted}</span>
        {ahead && <span className="ink-wait">{m.stock.likely}</span>}
        {ahead?.empty_s && <span className="ink-bad">{m.stock.likelyEmpty}</span>}
      </p>
      <PlotPlace plot={plot} label={ahead ? m.stock.plotAhead : m.stock.plot} />
    </>
  );
}

/** What was sold over time, below the plot of what was left. */
export function SalesPlot({ history, ahead }: Props) {
  const m = useMessages();
  const { write, count } = useWriting({ history });
  const draw = useCallback(
    (colour: Colour, library: Library): Drawing => {
      const end = ahead?.instants.slice(-1) ?? [];
      return {
        options: {
          ...placed({ history }, library),
          scales: { ...scales, x: aroundBars(instants({ history })) },
          series: [{}, bars(m.stock.sold, colour('--brand'), library)],
        },
        data: [
          [...instants({ history }), ...end],
          [...history.points.map(({ sold }) => sold || null), ...end.map(() => null)],
        ],
        write,
        count,
      };
    },
    [history, ahead, write, count, m],
  );
  const plot = usePlot(draw);
  return (
    <>
      <p className="legend">
        <span className="ink-brand">{m.stock.sold}</span>
      </p>
      <PlotPlace plot={plot} label={m.stock.salesPlot} />
    </>
  );
}
