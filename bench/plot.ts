import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ChartLine, chart } from './chart.ts';
import { median } from './ratio.ts';
import type { SideReading } from './reading.ts';
import type { Side } from './sides/side.ts';
import { withBench } from './with-bench.ts';

const FILE = join(import.meta.dirname, 'connections.svg');
const CONNECTIONS = [1, 4, 16, 64, 256, 1_024];
const COLOURS = { ours: '#0b62a4', plain: '#c2491d' };

interface Point {
  connections: number;
  ours: SideReading[];
  plain: SideReading[];
}

function linesOf(points: readonly Point[], value: (reading: SideReading) => number): ChartLine[] {
  return (['ours', 'plain'] as const).map((name) => ({
    name,
    colour: COLOURS[name],
    points: points.map((point) => [point.connections, median(point[name].map(value))] as const),
  }));
}

/** The sale on one bucket, ours and plain, over the number of connections, as a picture beside this file. */
await withBench(async (bench, _machine, { json }) => {
  const ours = await bench.ours();
  const plain = await bench.plain();
  const points: Point[] = [];
  for (const connections of CONNECTIONS) {
    const sell = (side: Side) => () => bench.sell(side, 'hot', connections);
    const pairs = await bench.inTurn(`${connections} connections`, sell(ours), sell(plain));
    points.push({ connections, ours: pairs.map(([a]) => a), plain: pairs.map(([, b]) => b) });
  }
  const throughput = { title: 'Top-ups a second, one bucket', lines: linesOf(points, ({ rate = 0 }) => rate) };
  const latency = { title: 'p99 in milliseconds, one bucket', lines: linesOf(points, ({ p99_ms = 0 }) => p99_ms) };
  writeFileSync(FILE, chart('Throughput and p99 over the number of connections', [throughput, latency]));
  if (json) writeFileSync(json, `${JSON.stringify(points, null, 2)}\n`);
  return 0;
});
