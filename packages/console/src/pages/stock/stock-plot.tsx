import type { OfferStock } from '@opentopup/contract';
import { useCallback } from 'react';
import uPlot from 'uplot';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { bars, type Colour, type Drawing, usePlot } from '../../parts/use-plot.ts';

type History = OfferStock['history'];

/** The days of a history are those of UTC, its hours those of whoever looks. */
const placed = (step: History['step']) =>
  step === 'day' ? { tzDate: (at: number) => uPlot.tzDate(new Date(at * 1_000), 'Etc/UTC') } : {};

/** What was left over time, what was sold, and when units were granted. */
export function StockPlot({ history: { step, points } }: { history: History }) {
  const m = useMessages();
  const f = useFormats();
  const draw = useCallback(
    (colour: Colour): Drawing => ({
      options: {
        ms: 1e-3,
        ...placed(step),
        scales: { y: { range: (_, __, most) => [0, Math.max(4, most * 1.1)] } },
        series: [
          {},
          { label: m.stock.available, stroke: colour('--brand'), fill: colour('--tint'), width: 2, points: { show: false } },
          bars(m.stock.sold, colour('--wait')),
          {
            label: m.stock.granted,
            stroke: colour('--good'),
            paths: () => null,
            points: { show: true, size: 11, fill: colour('--good') },
          },
        ],
      },
      data: [
        points.map(({ date }) => Date.parse(date) / 1_000),
        points.map(({ available }) => available),
        points.map(({ sold }) => sold || null),
        points.map(({ granted, available }) => (granted === 0 ? null : available)),
      ],
      write: step === 'day' ? f.utcDay : f.shortDay,
    }),
    [step, points, m, f],
  );
  const place = usePlot(draw);
  return (
    <>
      <p className="legend">
        <span className="ink-brand">{m.stock.available}</span> <span className="ink-wait">{m.stock.sold}</span>{' '}
        <span className="ink-good">{m.stock.granted}</span>
      </p>
      <div ref={place} role="img" aria-label={m.stock.plot} className="plot" />
    </>
  );
}
