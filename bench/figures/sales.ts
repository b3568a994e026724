import type { Bench } from '../bench.ts';
import type { Figure, Measured } from '../figure.ts';
import { ratiosOf } from '../ratio.ts';
import type { SideReading } from '../reading.ts';
import type { Side } from '../sides/side.ts';

/** CPU of server and database for each. */
const costOf = ({ server_us = 0, database_us = 0 }: SideReading): number => server_us + database_us;

/** Counts how often the second side's rate fits into the first's. */
export function compared(names: readonly [string, string], pairs: readonly [SideReading, SideReading][]): Measured {
  const isCostKnown = pairs.flat().every(({ server_us }) => server_us !== undefined);
  return {
    values: ratiosOf(pairs.map(([a, b]) => [a.rate ?? 0, b.rate ?? 0])),
    ...(isCostKnown && { cpu: ratiosOf(pairs.map(([a, b]) => [costOf(b), costOf(a)])) }),
    sides: { [names[0]]: pairs.map(([a]) => a), [names[1]]: pairs.map(([, b]) => b) },
  };
}

interface Duel {
  name: string;
  connections: number;
  where?: 'hot' | 'wide';
  latency_ms?: number;
  /** Whether each order carries a key, on both sides. */
  isKeyed?: boolean;
}

/** Compares our server and the plain one on the same orders. */
async function againstPlain(bench: Bench, { name, connections, where = 'hot', latency_ms = 0, isKeyed }: Duel) {
  const ours = await bench.ours(latency_ms);
  const plain = await bench.plain(latency_ms);
  const keyEvery = isKeyed ? 1 : bench.options.keys;
  const sell = (side: Side) => () => bench.ask(side, { connections, ask: { order: side[where], keyEvery } });
  return compared(['ours', 'plain'], await bench.inTurn(name, sell(ours), sell(plain)));
}

const higher = { unit: 'x', better: 'higher' } as const;

function duel(what: string, must: number, aim: number, quick: boolean, settings: Duel): Figure {
  const { name } = settings;
  return { name, what, ...higher, must, aim, quick, measure: (bench) => againstPlain(bench, settings) };
}

export const SALES: readonly Figure[] = [
  duel('top-ups/s, one bucket, 256 connections, vs. the plain server', 24, 30, true, {
    name: 'hot_vs_plain_256',
    connections: 256,
  }),
  duel('top-ups/s, one bucket, 64 connections, vs. the plain server', 16, 22, true, {
    name: 'hot_vs_plain_64',
    connections: 64,
  }),
  duel('top-ups/s, 1,000 buckets, 256 connections, vs. the plain server', 11, 14, true, {
    name: 'wide_vs_plain_256',
    connections: 256,
    where: 'wide',
  }),
  duel('the same with a key for each order, on both sides: one bucket, 256 connections', 24, 30, true, {
    name: 'keyed_hot_vs_plain_256',
    connections: 256,
    isKeyed: true,
  }),
  duel('the same with keys, one bucket, 64 connections', 16, 22, true, {
    name: 'keyed_hot_vs_plain_64',
    connections: 64,
    isKeyed: true,
  }),
  duel('the same with keys, 1,000 buckets, 256 connections', 11, 14, true, {
    name: 'keyed_wide_vs_plain_256',
    connections: 256,
    where: 'wide',
    isKeyed: true,
  }),
  {
    name: 'hot_vs_wide',
    what: 'top-ups/s of our server, one bucket vs. 1,000 buckets, 256 connections',
    ...higher,
    must: 0.95,
    aim: 1,
    quick: true,
    measure: async (bench) => {
      const ours = await bench.ours();
      const sell = (where: 'hot' | 'wide') => () => bench.sell(ours, where, 256);
      return compared(['hot', 'wide'], await bench.inTurn('hot_vs_wide', sell('hot'), sell('wide')));
    },
  },
  {
    name: 'vs_memory_256',
    what: 'top-ups/s, one bucket, 256 connections, vs. the same server answering from memory',
    ...higher,
    must: 0.4,
    aim: 0.65,
    quick: true,
    measure: async (bench) => {
      const ours = await bench.ours();
      const memory = await bench.memory();
      // Without keys: who answers from memory cannot know them.
      const sell = (side: Side) => () => bench.ask(side, { connections: 256, ask: { order: side.hot, keyEvery: 0 } });
      return compared(['ours', 'memory'], await bench.inTurn('vs_memory_256', sell(ours), sell(memory)));
    },
  },
  duel('top-ups/s, one bucket, supplier answers after 50 ms, 1,024 connections, vs. the plain server', 8, 13, false, {
    name: 'supplier_50ms_vs_plain_1024',
    connections: 1_024,
    latency_ms: 50,
  }),
];
