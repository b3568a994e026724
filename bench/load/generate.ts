import { setTimeout as sleep } from 'node:timers/promises';
import type { Expected } from './answer-reader.ts';
import { closedLoop } from './closed-loop.ts';
import { type Connection, openConnection } from './connection.ts';
import { Histogram } from './histogram.ts';
import { openLoop } from './open-loop.ts';
import { createOrders, type Target } from './orders.ts';
import type { LoadRun } from './pace.ts';

/** What to ask of a server, and how hard. */
export interface LoadJob {
  port: number;
  connections: number;
  warmup_ms: number;
  /** At least so long; longer where a server answers so slowly that it would say too little. */
  measure_ms: number;
  ask: { order: readonly Target[]; keyEvery: number } | ({ requests: readonly string[] } & Expected);
  /** Each connection comes from an address of its own, so that the limit of one network is not met. Linux only. */
  isSpread?: boolean;
  /** Requests a second, sent whether or not earlier ones were answered. Without it, each answer makes for the next request. */
  rate?: number;
}

export interface LoadResult {
  /** Answers a second, each as it should be. */
  rate: number;
  /** How long it was measured. */
  seconds: number;
  p50_ms: number;
  p99_ms: number;
  /** How much later than due requests were sent, at the 99th percentile; 0 where none is due. */
  late_p99_ms: number;
  /** Seconds of CPU that the generator used meanwhile. */
  cpu_s: number;
}

const OPEN_AT_ONCE = 100;
const SILENCE_MS = 60_000;
const LOOK_EVERY_MS = 50;

export const SOLD: Expected = { status: 201, holds: '"status":"ok"' };

let ordered = 0;

/** Requests as bytes, of either kind. */
function requestsOf({ port, ask }: LoadJob): { size: number; write: (into: Buffer) => number; expected: Expected } {
  if ('order' in ask) return { ...createOrders(port, ask.order, ask.keyEvery, () => ordered++), expected: SOLD };
  const { requests, ...expected } = ask;
  const all = requests.map((request) => Buffer.from(request));
  let next = 0;
  const write = (into: Buffer): number => (all[next++ % all.length] as Buffer).copy(into);
  return { size: Math.max(...all.map(({ length }) => length)), write, expected };
}

/** Tells where a connection leads, and where it comes from. */
const addressOf = ({ port, isSpread }: LoadJob, nth: number): { port: number; localAddress?: string } =>
  isSpread ? { port, localAddress: `127.0.${1 + (nth >> 8)}.${nth & 255}` } : { port };

/**
 * Asks a server for a time. A single wrong answer or broken connection ends it.
 * @param onEdge told at the very moments between which is measured
 */
export async function generate(job: LoadJob, onEdge: (edge: 'begin' | 'end') => void): Promise<LoadResult> {
  const { write, size, expected } = requestsOf(job);
  const failed = Promise.withResolvers<never>();
  const drained = Promise.withResolvers<void>();
  const connections: Connection[] = [];
  let underWay = 0;
  let lastAnswer = performance.now();

  const run: LoadRun = {
    from: Number.POSITIVE_INFINITY,
    until: Number.POSITIVE_INFINITY,
    latencies: new Histogram(),
    ask: (connection) => {
      underWay += 1;
      connection.send(write(connection.bytes));
    },
  };
  const pace = job.rate === undefined ? closedLoop(run) : openLoop(run, job.rate);
  const onAnswer = (connection: Connection): void => {
    underWay -= 1;
    lastAnswer = performance.now();
    pace.onAnswer(connection);
    if (underWay === 0 && lastAnswer >= run.until) drained.resolve();
  };
  const watchdog = setInterval(() => {
    if (performance.now() - lastAnswer > SILENCE_MS) failed.reject(new Error('the server does not answer any more'));
  }, 1_000);

  const connect = async (): Promise<void> => {
    while (connections.length < job.connections) {
      const some = Math.min(OPEN_AT_ONCE, job.connections - connections.length);
      const open = (_: unknown, i: number) =>
        openConnection(addressOf(job, connections.length + i), size, [expected], onAnswer, failed.reject);
      connections.push(...(await Promise.all(Array.from({ length: some }, open))));
    }
  };
  const work = async (): Promise<LoadResult> => {
    await connect();
    pace.start(connections);
    await sleep(job.warmup_ms);
    const cpu = process.cpuUsage();
    run.from = performance.now();
    onEdge('begin');
    await sleep(job.measure_ms);
    while (!pace.isEnough()) await sleep(LOOK_EVERY_MS);
    run.until = performance.now();
    const seconds = (run.until - run.from) / 1_000;
    onEdge('end');
    const { user, system } = process.cpuUsage(cpu);
    pace.stop();
    if (underWay > 0) await drained.promise;
    const { latencies } = run;
    const [p50_ms, p99_ms] = [latencies.quantile(0.5), latencies.quantile(0.99)];
    const cpu_s = (user + system) / 1e6;
    return { rate: pace.rate(seconds), seconds, p50_ms, p99_ms, late_p99_ms: pace.late_p99_ms(), cpu_s };
  };

  try {
    return await Promise.race([work(), failed.promise]);
  } finally {
    clearInterval(watchdog);
    pace.stop();
    for (const connection of connections) connection.close();
  }
}
