import type { Bench } from '../bench.ts';
import { processesOf } from '../cpu.ts';
import type { Figure, Measured } from '../figure.ts';
import type { SideReading } from '../reading.ts';
import { startOurs } from '../sides/ours.ts';
import type { ServerProcess } from '../sides/program.ts';
import type { Side } from '../sides/side.ts';
import { compared } from './sales.ts';

const LATENCY_MS = 50;
const CONNECTIONS = 1_024;
/** How long a worker's turn is: many of them in what is measured, and each many batches long. */
const TURN_MS = 25;

async function start(bench: Bench, workers: number): Promise<Side> {
  const world = await bench.ourWorld();
  return bench.keep(startOurs(`${workers} workers`, world, { latency_ms: LATENCY_MS, workers }));
}

/** Compares two workers with one, each asked in the same way. */
async function compareWorkers(
  bench: Bench,
  name: string,
  sell: (side: Side) => Promise<SideReading>,
): Promise<Measured> {
  const two = await start(bench, 2);
  const one = await start(bench, 1);
  const pairs = await bench.inTurn(
    name,
    () => sell(two),
    () => sell(one),
  );
  return compared(['two workers', 'one worker'], pairs);
}

/**
 * Lets two workers run by turns, and one every other turn, so that they take about one core together.
 * @returns what ends it
 */
function takeTurns({ pid }: ServerProcess, stopping: AbortSignal): () => void {
  const [first, ...below] = processesOf(pid);
  const workers = below.length > 0 ? below : [first as number];
  let turn = 0;
  const beat = setInterval(() => {
    turn = 1 - turn;
    if (stopping.aborted) {
      clearInterval(beat);
      return;
    }
    try {
      for (const [i, worker] of workers.entries()) if (i !== turn) process.kill(worker, 'SIGSTOP');
      if (turn < workers.length) process.kill(workers[turn] as number, 'SIGCONT');
    } catch {
      // A worker that has ended fails the figure by its connections.
      clearInterval(beat);
    }
  }, TURN_MS);
  return () => clearInterval(beat);
}

const sellAllOut = (bench: Bench) => (side: Side) => bench.sell(side, 'hot', CONNECTIONS);

const sellByTurns = (bench: Bench) => async (side: Side) => {
  const endTurns = takeTurns(side.server, bench.stopping);
  try {
    return await bench.sell(side, 'hot', CONNECTIONS);
  } finally {
    endTurns();
    side.server.pause();
  }
};

const WHAT = 'top-ups/s, one bucket, supplier answers after 50 ms, 1,024 connections, two workers vs. one';
const common = { unit: 'x', better: 'higher', must: 1.5, aim: 1.8, quick: false } as const;

export const WORKERS: readonly Figure[] = [
  {
    ...common,
    name: 'workers_2_vs_1',
    what: WHAT,
    measure: (bench) => compareWorkers(bench, 'workers_2_vs_1', sellAllOut(bench)),
  },
  {
    ...common,
    name: 'workers_2_vs_1_by_turns',
    what: `${WHAT}, each half of the time`,
    measure: (bench) => compareWorkers(bench, 'workers_2_vs_1_by_turns', sellByTurns(bench)),
  },
];
