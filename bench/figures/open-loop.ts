import type { Bench } from '../bench.ts';
import type { Figure, Measured } from '../figure.ts';
import { median } from '../ratio.ts';
import type { SideReading } from '../reading.ts';

const CONNECTIONS = 256;

/** Measures how even the answers are under a load that does not wait for them, at half of the highest rate. */
async function measure(bench: Bench): Promise<Measured> {
  const ours = await bench.ours();
  const most: number[] = [];
  for (let i = 0; i < 3; i += 1) most.push((await bench.sell(ours, 'hot', CONNECTIONS)).rate ?? 0);
  const rate = median(most) / 2;
  bench.say(`… open_loop_p99 at ${Math.round(rate)} a second`);
  await ours.postgres?.reuseLog();
  const readings: SideReading[] = [];
  for (let i = 0; i < bench.options.pairs; i += 1) {
    bench.say(`… open_loop_p99 ${i + 1}/${bench.options.pairs}`);
    const order = { order: ours.hot, keyEvery: bench.options.keys };
    readings.push(await bench.ask(ours, { connections: CONNECTIONS, rate, ask: order }));
  }
  return { values: readings.map(({ p50_ms = 0, p99_ms = 0 }) => p99_ms / p50_ms), sides: { ours: readings } };
}

export const OPEN_LOOP: Figure = {
  name: 'open_loop_p99',
  what: 'p99 vs. p50, one bucket, at half of the most it can sell, sent without waiting',
  unit: 'x',
  better: 'lower',
  must: 4,
  aim: 2,
  quick: true,
  measure,
};
