import type { Bench } from '../bench.ts';
import type { Figure, Measured } from '../figure.ts';
import { startOurs } from '../sides/ours.ts';
import type { Side } from '../sides/side.ts';
import { compared } from './sales.ts';

const LATENCY_MS = 50;
const CONNECTIONS = 1_024;

async function start(bench: Bench, workers: number): Promise<Side> {
  const world = await bench.ourWorld();
  return bench.keep(startOurs(`${workers} workers`, world, { latency_ms: LATENCY_MS, workers }));
}

async function measure(bench: Bench): Promise<Measured> {
  const two = await start(bench, 2);
  const one = await start(bench, 1);
  const sell = (side: Side) => () => bench.sell(side, 'hot', CONNECTIONS);
  return compared(['two workers', 'one worker'], await bench.inTurn('workers_2_vs_1', sell(two), sell(one)));
}

export const WORKERS: Figure = {
  name: 'workers_2_vs_1',
  what: 'top-ups/s, one bucket, supplier answers after 50 ms, 1,024 connections, two workers vs. one',
  unit: 'x',
  better: 'higher',
  must: 1.5,
  aim: 1.8,
  quick: false,
  measure,
};
