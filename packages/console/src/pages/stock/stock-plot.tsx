import type { OfferStock } from '@opentopup/contract';
import { useCallback } from 'react';
import uPlot from 'uplot';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { aroundBars, bars, type Colour, type Drawing, usePlot } from '../../parts/use-plot.ts';

type Past = Pick<OfferStock, 'history'>;

const FEWEST = 4;
const scales: uPlot.Scales = { y: { range: (_, __, most) => [0, Math.max(FEWEST, most * 1.1)] } };

/** The days of a history are those of UTC, its hours those of whoever looks. */
const placed = ({ history: { step } }: Past) =>
  step === 'day' ? { tzDate: (at: number) => uPlot.tzDate(new Date(at * 1_000), 'Etc/UTC') } : {};
const instants = ({ history: { points } }: Past) => points.map(({ date }) => Date.parse(date) / 1_000);

/** How days and numbers of a history are written. */
function useWriting({ history: { step } }: Past) {
  const f = useFormats();
  return { write: step === 'day' ? f.utcDay : f.shortDay, count: f.number };
}

/** What was left over time, and when units were granted. */
export function StockPlot({ history }: Past) {
  const m = useMessages();
  const { write, count } = useWriting({ history });
  const draw = useCallback(
    (colour: Colour): Drawing => ({
      options: {
        ...placed({ history }),
        scales,
        series: [
          {},
          { stroke: colour('--brand'), fill: colour('--tint'), width: 2, points: { show: false } },
          {
            stroke: colour('--ink'),
            paths: () => null,
            points: { show: true, size: 12, fill: colour('--paper'), width: 3 },
          },
        ],
      },
      data: [
        instants({ history }),
        history.points.map(({ available }) => available),
        history.points.map(({ granted, available }) => (granted === 0 ? null : available)),
      ],
      write,
      count,
    }),
    [history, write, count],
  );
  const place = usePlot(draw);
  return (
    <>
      <p className="legend">
        <span className="ink-brand">{m.stock.available}</span> <span className="ink-strong">{m.stock.granted}</span>
      </p>
      <div ref={place} role="img" aria-label={m.stock.plot} className="plot" />
    </>
  );
}

/** What was sold over time. */
export function SalesPlot({ history }: Past) {
  const m = useMessages();
  const { write, count } = useWriting({ history });
  const draw = useCallback(
    (colour: Colour): Drawing => ({
      options: {
        ...placed({ history }),
        scales: { ...scales, x: aroundBars(instants({ history })) },
        series: [{}, bars(m.stock.sold, colour('--wait'))],
      },
      data: [instants({ history }), history.points.map(({ sold }) => sold || null)],
      write,
      count,
    }),
    [history, write, count, m],
  );
  const place = usePlot(draw);
  return (
    <>
      <p className="legend">
        <span className="ink-wait">{m.stock.sold}</span>
      </p>
      <div ref={place} role="img" aria-label={m.stock.salesPlot} className="plot" />
    </>
  );
}
