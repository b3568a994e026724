import type { Bench } from '../bench.ts';
import { residentMb } from '../cpu.ts';
import type { Figure, Measured } from '../figure.ts';
import { median } from '../ratio.ts';
import { startOurs } from '../sides/ours.ts';

const CONNECTIONS = 256;
const SECONDS = 300;
const MINUTE = 60;
const LOOK_EVERY_MS = 1_000;

/** Measures the memory of a fresh server every second while it sells for 5 minutes. */
async function watch(bench: Bench): Promise<{ measured: Measured; looks: number[] }> {
  const side = await bench.keep(startOurs('ours', await bench.ourWorld()));
  bench.say(`… memory of the server for ${SECONDS} s`);
  const looks: number[] = [];
  const timer = setInterval(() => looks.push(residentMb(side.server.pid)), LOOK_EVERY_MS);
  try {
    const order = { order: side.hot, keyEvery: bench.options.keys };
    const reading = await bench.ask(side, { connections: CONNECTIONS, ask: order }, SECONDS);
    const memory_mb = Math.max(...looks);
    return { looks, measured: { values: [memory_mb], sides: { ours: [{ ...reading, memory_mb }] } } };
  } finally {
    clearInterval(timer);
    await side.server.stop();
  }
}

const watched = (bench: Bench): ReturnType<typeof watch> => bench.once('memory watched', () => watch(bench));

export const MEMORY: readonly Figure[] = [
  {
    name: 'memory_mb',
    what: 'most memory of the server under 256 connections for 5 minutes',
    unit: 'MB',
    better: 'lower',
    must: 180,
    aim: 130,
    quick: false,
    measure: async (bench) => (await watched(bench)).measured,
  },
  {
    name: 'memory_growth',
    what: 'memory of the server, fifth minute vs. second minute',
    unit: 'x',
    better: 'lower',
    must: 1.1,
    aim: 1.02,
    quick: false,
    measure: async (bench) => {
      const { looks, measured } = await watched(bench);
      const growth = median(looks.slice(-MINUTE)) / median(looks.slice(MINUTE, 2 * MINUTE));
      return { ...measured, values: [growth] };
    },
  },
];
