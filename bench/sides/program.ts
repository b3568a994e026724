import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { processesOf } from '../cpu.ts';

/** A server in a process of its own. */
export interface ServerProcess {
  port: number;
  pid: number;
  /** Freezes it with all its processes, so that its background work cannot slow another side. */
  pause: () => void;
  resume: () => void;
  /** Orderly. */
  stop: () => Promise<void>;
}

export interface Start {
  /** The file that Node.js runs. */
  entry: string;
  /** For Node.js itself. */
  nodeArgs?: readonly string[];
  env: Readonly<Record<string, string>>;
}

const READY_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 50;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function isUp(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/live`)).ok;
  } catch {
    return false;
  }
}

/** Starts a server and waits until `GET /live` answers. Its log is written, as in production, but kept nowhere. */
export async function startServerProcess({ entry, nodeArgs = [], env }: Start): Promise<ServerProcess> {
  const port = await freePort();
  const inherited = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' };
  const child = spawn(process.execPath, [...nodeArgs, entry], {
    env: { ...inherited, NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(port), ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'exit');
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaints = (complaints + chunk).slice(-4_000);
  });
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const giveUpAt = Date.now() + READY_WITHIN_MS;
  while (!(await isUp(port))) {
    if (hasEnded() || Date.now() > giveUpAt) {
      child.kill('SIGKILL');
      throw new Error(`${entry} does not start: ${complaints}`);
    }
    await sleep(LOOK_EVERY_MS);
  }

  const pid = child.pid as number;
  let stopped = false;
  const signal = (name: NodeJS.Signals): void => {
    if (!hasEnded()) for (const each of processesOf(pid)) process.kill(each, name);
  };
  return {
    port,
    pid,
    pause: () => {
      if (!stopped) signal('SIGSTOP');
    },
    resume: () => signal('SIGCONT'),
    async stop() {
      if (hasEnded()) return;
      stopped = true;
      signal('SIGCONT');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
