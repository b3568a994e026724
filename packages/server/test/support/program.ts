import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const PROGRAM = join(import.meta.dirname, '../../start.js');

/** A running server: a process of its own, on a free port. */
export interface RunningServer {
  baseUrl: string;
  process: ChildProcess;
  /** Everything it has printed so far. */
  output: () => string;
  /** SIGTERM; gives the exit code. */
  stop: () => Promise<number | null>;
  /** SIGKILL: no chance to finish anything. */
  kill: () => Promise<void>;
}

/** What a program of the tests has of their own environment. */
const inherited = (): Record<string, string> =>
  Object.fromEntries(['PATH', 'HOME', 'NODE_OPTIONS'].map((name) => [name, process.env[name] ?? '']));

/**
 * Starts the program and waits until it says that it is ready, or gives up.
 * @param program of which version; without it, what is built here
 */
export async function startProgram(env: Record<string, string>, program = PROGRAM): Promise<RunningServer> {
  const child = spawn(process.execPath, [program], { env: { ...inherited(), PORT: '0', ...env }, stdio: 'pipe' });
  // Closed is later than ended: by then all that it printed has been read.
  const ended = once(child, 'close');
  let output = '';
  const ready = new Promise<string>((resolve) => {
    const read = (chunk: Buffer): void => {
      output += chunk;
      const baseUrl = /is ready at (\S+)/.exec(output)?.[1];
      if (baseUrl) resolve(baseUrl);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
  });
  const baseUrl = await Promise.race([ready, ended.then(() => '')]);
  if (!baseUrl) throw new Error(output);
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await ended;
    }
    return child.exitCode;
  };
  return {
    baseUrl,
    process: child,
    output: () => output,
    stop: () => end('SIGTERM'),
    kill: async () => {
      await end('SIGKILL');
    },
  };
}
