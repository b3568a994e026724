import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { align } from './align.ts';
import { type CpuProfile, type Spent, spentIn } from './cpu-profile.ts';
import { startOurs } from './sides/ours.ts';
import { withBench } from './with-bench.ts';

const CONNECTIONS = 256;
/** The start of the program, and its first requests. */
const START_MS = 8_000;
const PLACES = 24;
const FUNCTIONS = 24;

function shares(head: string, spent: readonly Spent[], most: number): string {
  const all = spent.reduce((sum, { time_us }) => sum + time_us, 0);
  const rows = spent.slice(0, most).map(({ place, time_us }) => [`${((time_us / all) * 100).toFixed(1)} %`, place]);
  return align(['share', head], rows, 0);
}

/** Shows where the time of our server goes while it sells from one bucket. */
await withBench(async (bench, _machine, { seconds, keys }) => {
  const folder = mkdtempSync(join(tmpdir(), 'profile-'));
  bench.atEnd(() => rmSync(folder, { recursive: true }));
  const nodeArgs = ['--cpu-prof', `--cpu-prof-dir=${folder}`];
  // From its sources: in the bundle, names and places are gone.
  const side = await startOurs('ours', await bench.ourWorld(), { nodeArgs, isBundled: false });
  bench.say('… selling');
  await bench.ask(
    side,
    { connections: CONNECTIONS, ask: { order: side.hot, keyEvery: keys } },
    seconds + START_MS / 1_000,
  );
  side.server.resume();
  await side.server.stop();
  const [file] = readdirSync(folder);
  if (!file) throw new Error('the server left no profile');
  const profile = JSON.parse(readFileSync(join(folder, file), 'utf8')) as CpuProfile;
  const places = shares('place', spentIn(profile, START_MS, false), PLACES);
  process.stdout.write(`${places}\n\n${shares('function', spentIn(profile, START_MS, true), FUNCTIONS)}\n`);
  return 0;
});
