import type { Overview } from '@opentopup/contract';
import { useMemo } from 'react';
import { useFormats } from '../../language/format.ts';
import { useMessages } from '../../language/language.ts';
import { BarPlot, type BarSeries } from './bar-plot.tsx';
import { amountIn, failedOf } from './totals.tsx';

type Shown = { overview: Overview };

/** Orders over time, by how they ended. */
export function OrdersByTime({ overview: { points, step } }: Shown) {
  const m = useMessages();
  const f = useFormats();
  const series = useMemo<BarSeries[]>(
    () => [
      { name: m.overview.failed, ink: 'ink', values: points.map(failedOf) },
      { name: m.overview.refused, ink: 'edge', values: points.map(({ refused }) => refused) },
      { name: m.status.pending, ink: 'wait', values: points.map(({ pending }) => pending) },
      { name: m.overview.sold, ink: 'good', values: points.map(({ ok }) => ok) },
    ],
    [points, m],
  );
  const title = m.overview.ordersByTime[step];
  return <BarPlot title={title} points={points} step={step} series={series} count={f.number} isWhole />;
}

/** What was sold over time, in the currency in which most was. */
export function ValueByTime({ overview: { points, step, totals } }: Shown) {
  const m = useMessages();
  const f = useFormats();
  const currency = totals.value[0]?.currency;
  const series = useMemo<BarSeries[]>(
    () => [{ name: m.overview.value, ink: 'brand', values: points.map((point) => amountIn(point, currency)) }],
    [points, currency, m],
  );
  const count = useMemo(() => (value: number) => (currency ? f.roughMoney(value, currency) : ''), [f, currency]);
  if (!currency) return null;
  const title = m.overview.valueByTime[step];
  return <BarPlot title={title} points={points} step={step} series={series} count={count} />;
}
