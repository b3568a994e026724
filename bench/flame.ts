import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CpuProfile, flameGraph } from './flame-graph.ts';
import { startOurs } from './sides/ours.ts';
import { withBench } from './with-bench.ts';

const FILE = join(import.meta.dirname, 'hot-path.svg');
const CONNECTIONS = 256;
/** The start of the program, and its first requests. */
const START_MS = 8_000;

/** Where the time of our server goes while it sells from one bucket, as a flame graph beside this file. */
await withBench(async (bench, _machine, { seconds }) => {
  const folder = mkdtempSync(join(tmpdir(), 'profile-'));
  bench.atEnd(() => rmSync(folder, { recursive: true }));
  const nodeArgs = ['--cpu-prof', `--cpu-prof-dir=${folder}`];
  const side = await startOurs('ours', await bench.ourWorld(), { nodeArgs });
  bench.say('… selling');
  const order = { order: side.hot, keyEvery: 0 };
  await bench.ask(side, { connections: CONNECTIONS, ask: order }, seconds + START_MS / 1_000);
  side.server.resume();
  await side.server.stop();
  const [file] = readdirSync(folder);
  if (!file) throw new Error('the server left no profile');
  const profile = JSON.parse(readFileSync(join(folder, file), 'utf8')) as CpuProfile;
  writeFileSync(FILE, flameGraph('A sale, by CPU time of the server: one bucket, 256 connections', profile, START_MS));
  return 0;
});
