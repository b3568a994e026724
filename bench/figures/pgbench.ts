import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Bench } from '../bench.ts';
import { readCpu } from '../cpu.ts';
import { type Figure, type Measured, Skipped } from '../figure.ts';
import type { SideReading } from '../reading.ts';
import type { PlainWorld } from '../sides/plain.ts';
import { compared } from './sales.ts';

const SCRIPT = join(import.meta.dirname, '../plain/hold.sql');
const CLIENTS = [1, 2, 4, 8, 16, 32];
const TRY_S = 2;
const INSTALL = 'there is no pgbench: on Debian it comes with "apt-get install postgresql-contrib"';

const run = promisify(execFile);

/** Holds of the plain server's kind, all on the hot row. */
async function hold({ postgres, shops }: PlainWorld, clients: number, seconds: number): Promise<SideReading> {
  const { distributor_id, offers } = shops.hot;
  const variables = ['-D', `offer=${offers[0]}`, '-D', `distributor=${distributor_id}`];
  const size = ['-c', String(clients), '-j', String(Math.min(2, clients)), '-T', String(Math.ceil(seconds))];
  const args = ['-n', '-M', 'prepared', '-f', SCRIPT, ...variables, ...size, postgres.url];
  const before = readCpu();
  const { stdout } = await run('pgbench', args).catch((error: unknown) => {
    throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? new Skipped(INSTALL) : error;
  });
  const cpu_s = readCpu().of(postgres.pid) - before.of(postgres.pid);
  const rate = Number(/^tps = ([\d.]+)/m.exec(stdout)?.[1]);
  const done = Number(/^number of transactions actually processed: (\d+)/m.exec(stdout)?.[1]);
  if (!(rate > 0) || !/^number of failed transactions: 0 /m.test(stdout)) throw new Error(`pgbench says: ${stdout}`);
  return { rate, database_us: (cpu_s / done) * 1e6 };
}

async function measure(bench: Bench): Promise<Measured> {
  const world = await bench.plainWorld();
  let best = { clients: 0, rate: 0 };
  for (const clients of CLIENTS) {
    const { rate = 0 } = await hold(world, clients, TRY_S);
    bench.say(`… pgbench with ${clients} clients: ${Math.round(rate)} holds a second`);
    if (rate > best.rate) best = { clients, rate };
  }
  const ours = await bench.ours();
  const pairs = await bench.inTurn(
    'vs_pgbench',
    () => bench.sell(ours, 'hot', 256),
    () => hold(world, best.clients, bench.options.seconds),
  );
  return compared(['ours', `pgbench, ${best.clients} clients`], pairs);
}

export const PGBENCH: Figure = {
  name: 'vs_pgbench',
  what: 'whole top-ups/s over HTTP, one bucket, 256 connections, vs. plain holds/s of pgbench on one row',
  unit: 'x',
  better: 'higher',
  must: 4,
  aim: 8,
  quick: false,
  measure,
};
