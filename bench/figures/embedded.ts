import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench } from '../bench.ts';
import { readCpu } from '../cpu.ts';
import type { Figure, Measured } from '../figure.ts';
import type { SideReading } from '../reading.ts';
import type { Side } from '../sides/side.ts';
import type { EmbeddedJob, EmbeddedResult, Way } from './embedded-side.ts';
import { compared } from './sales.ts';

const CALLERS = 256;

/** Gives an embedded database that sells in this way, and how to end it. */
async function start(bench: Bench, way: Way): Promise<{ sell: () => Promise<SideReading>; end: () => void }> {
  const folder = await mkdtemp(join(tmpdir(), 'embedded-'));
  const child = fork(join(import.meta.dirname, 'embedded-side.ts'), [folder, way], { execArgv: [] });
  const end = (): void => {
    child.kill('SIGKILL');
  };
  bench.atEnd(end);
  const ended = once(child, 'exit').then(() => {
    throw new Error('the process with the embedded database has ended');
  });
  // It also ends when it is no longer needed.
  ended.catch(() => {});
  const told = (): Promise<unknown[]> => Promise.race([once(child, 'message'), ended]);
  await told();

  const pid = child.pid as number;
  const job: EmbeddedJob = { callers: CALLERS, seconds: bench.options.seconds };
  const sell = async (): Promise<SideReading> => {
    const before = readCpu();
    child.send(job);
    const [{ sold, seconds }] = (await told()) as [EmbeddedResult];
    const cpu_s = readCpu().of(pid) - before.of(pid);
    return { rate: sold / seconds, server_us: (cpu_s / sold) * 1e6 };
  };
  return { sell, end };
}

async function measure(bench: Bench): Promise<Measured> {
  const grouped = await start(bench, 'grouped');
  const single = await start(bench, 'single');
  for (const { sell } of [grouped, single]) await sell();
  const pairs = await bench.inTurn('embedded_group_commit', grouped.sell, single.sell);
  for (const { end } of [grouped, single]) end();
  return compared(['group commit', 'one by one'], pairs);
}

/** Compares the two databases behind the same server, over HTTP, with a key for each order. */
async function overHttp(bench: Bench): Promise<Measured> {
  const [embedded, ours] = [await bench.embedded(), await bench.ours()];
  const sell = (side: Side) => () => bench.ask(side, { connections: CALLERS, ask: { order: side.hot, keyEvery: 1 } });
  const pairs = await bench.inTurn('embedded_vs_postgresql', sell(embedded), sell(ours));
  return compared(['embedded', 'postgresql'], pairs);
}

const GROUP_COMMIT: Figure = {
  name: 'embedded_group_commit',
  what: 'sales/s in the embedded database, flushed before they are acknowledged, group commit vs. plain, one by one',
  unit: 'x',
  better: 'higher',
  must: 8,
  aim: 15,
  quick: false,
  measure,
};

export const EMBEDDED: readonly Figure[] = [
  {
    name: 'embedded_vs_postgresql',
    what: 'top-ups/s over HTTP, one bucket, 256 connections, a key for each, embedded vs. PostgreSQL',
    unit: 'x',
    better: 'higher',
    must: 0.6,
    aim: 1,
    quick: true,
    measure: overHttp,
  },
  GROUP_COMMIT,
];
