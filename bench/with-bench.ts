import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bench } from './bench.ts';
import { startLoad } from './load/load.ts';
import { describeMachine, isInMemory, type Machine } from './machine.ts';
import { BadOptions, HELP, type Options, readOptions } from './options.ts';

/** Makes a folder for the bench; everything that it and its parts write is in there. */
async function workFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'opentopup-bench-'));
  // PostgreSQL runs as another user where we are root.
  await chmod(folder, 0o755);
  process.env['TMPDIR'] = folder;
  return folder;
}

/** Runs a bench with the options of the command line, and leaves nothing behind: no process, no folder. */
export async function withBench(
  work: (bench: Bench, machine: Machine, options: Options) => Promise<number>,
): Promise<void> {
  const options = readOptionsOrEnd();
  if (process.platform !== 'linux') {
    process.stderr.write('The bench runs on Linux only: it reads the CPU time of processes from /proc.\n');
    process.exit(1);
  }
  await using ends = new AsyncDisposableStack();
  const stopping = new AbortController();
  const stop = (code: number) => () => {
    process.stderr.write('\nStopping …\n');
    stopping.abort();
    void ends.disposeAsync().finally(() => process.exit(code));
  };
  process.once('SIGINT', stop(130));
  process.once('SIGTERM', stop(143));

  const folder = await workFolder();
  ends.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  if (isInMemory(folder)) {
    process.stderr.write(`${folder} is in memory, where a flush costs nothing. Set TMPDIR to a folder on a disk.\n`);
    process.exitCode = 1;
    return;
  }
  const machine = describeMachine(folder);
  const load = startLoad();
  ends.defer(() => load.stop());
  try {
    process.exitCode = await work(new Bench(options, load, stopping.signal, ends), machine, options);
  } catch (error) {
    // What fails while everything is being stopped fails because of that.
    if (!stopping.signal.aborted) throw error;
    await ends.disposeAsync();
  }
}

function readOptionsOrEnd(): Options {
  try {
    const options = readOptions(process.argv.slice(2));
    if (options) return options;
    process.stdout.write(HELP);
    process.exit(0);
  } catch (error) {
    if (!(error instanceof BadOptions)) throw error;
    process.stderr.write(`${error.message}\n\n${HELP}`);
    process.exit(2);
  }
}
