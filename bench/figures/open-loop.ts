import type { Bench } from '../bench.ts';
import type { Figure, Measured } from '../figure.ts';
import { median } from '../ratio.ts';
import type { SideReading } from '../reading.ts';

const CONNECTIONS = 256;

/** Measures how even the answers are under a load that does not wait for them, at a share of the highest rate. */
async function measure(bench: Bench, name: string, share: number): Promise<Measured> {
  const ours = await bench.ours();
  const highest = await bench.once('highest rate', async () => {
    const rates: number[] = [];
    for (let i = 0; i < 3; i += 1) rates.push((await bench.sell(ours, 'hot', CONNECTIONS)).rate ?? 0);
    return median(rates);
  });
  const rate = highest * share;
  bench.say(`… ${name} at ${Math.round(rate)} a second`);
  await ours.postgres?.reuseLog();
  const readings: SideReading[] = [];
  for (let i = 0; i < bench.options.pairs; i += 1) {
    bench.say(`… ${name} ${i + 1}/${bench.options.pairs}`);
    const order = { order: ours.hot, keyEvery: bench.options.keys };
    readings.push(await bench.ask(ours, { connections: CONNECTIONS, rate, ask: order }));
  }
  return { values: readings.map(({ p50_ms = 0, p99_ms = 0 }) => p99_ms / p50_ms), sides: { ours: readings } };
}

function openLoop(name: string, what: string, share: number, must: number, aim: number): Figure {
  const measureIt = (bench: Bench): Promise<Measured> => measure(bench, name, share);
  return { name, what, unit: 'x', better: 'lower', must, aim, quick: true, measure: measureIt };
}

export const OPEN_LOOP: readonly Figure[] = [
  openLoop(
    'open_loop_p99',
    'p99 vs. p50, one bucket, at half of the most it can sell, sent without waiting',
    0.5,
    2,
    1.6,
  ),
  openLoop('open_loop_p99_at_80', 'the same at 80 % of the most it can sell', 0.8, 4, 2.5),
];
