import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  openSync,
  readdirSync,
  type Stats,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { FolderInUse, lockFolder } from './folder-lock.ts';
import { OPEN_TO_OTHERS, whyUnusable } from './private-folder.ts';

/** What the engine is told: bytes of PostgreSQL's protocol, or to close the database. */
export type ToEngine = { bytes: Uint8Array } | 'close';

/** What the engine says: that it is ready, why it is not, or the answer to what it was sent and the flushes before it. */
export type FromEngine = 'ready' | { failed: Error; kind: string } | { bytes: Uint8Array; flushes: number };

/** What we use of the Emscripten module behind PGlite: the table of its file operations. */
interface NodeFsModule {
  NODEFS: {
    stream_ops: { fsync?: (stream: { nfd: number }) => number };
    /** Each change of a file's permissions, and of more. */
    doSetAttr: (path: unknown, node: unknown, attributes: { mode?: number }, ...how: unknown[]) => void;
  };
}

/**
 * The files of the embedded database, flushed when PostgreSQL asks for it, and for their owner alone. Out of the box PGlite
 * runs with fsync off and its file system has no fsync operation, so a commit would survive a killed process but not a
 * power cut; and it gives every file that it makes to everybody, whatever the process has said (umask).
 */
class DurableNodeFS extends NodeFS {
  flushes = 0;

  override async init(...[pglite, options]: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const result = await super.init(pglite, options);
    const mend = (module: unknown): void => {
      const files = (module as NodeFsModule).NODEFS;
      files.stream_ops.fsync = ({ nfd }) => {
        if (!isUnflushable(fstatSync(nfd))) fdatasyncSync(nfd);
        this.flushes += 1;
        return 0;
      };
      const { doSetAttr } = files;
      files.doSetAttr = (path, node, attributes, ...how) => {
        const { mode } = attributes;
        const own = mode === undefined ? attributes : { ...attributes, mode: mode & ~OPEN_TO_OTHERS };
        doSetAttr(path, node, own, ...how);
      };
    };
    const { preRun } = result.emscriptenOpts;
    result.emscriptenOpts.preRun = [...(Array.isArray(preRun) ? preRun : preRun ? [preRun] : []), mend];
    return result;
  }
}

/** Flushes every file and folder of a tree: initdb leaves that to the caller. */
function flushTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) flushTree(path);
    else if (entry.isFile()) flush(path);
  }
  flush(folder);
}

/** Returns true for a folder on Windows, which flushes only what is written to; names are in its journal. */
const isUnflushable = (file: Stats): boolean => process.platform === 'win32' && file.isDirectory();

function flush(path: string): void {
  const file = statSync(path);
  if (isUnflushable(file)) return;
  const fd = openSync(path, file.isDirectory() ? 'r' : 'r+');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

const START_PARAMS = [
  ...PGlite.defaultStartParams.filter((param) => param !== '-F'),
  // The only method whose flushes reach the file system under PGlite.
  '-c',
  'wal_sync_method=fsync',
  '-c',
  'TimeZone=UTC',
  // The engine touches all of it as it starts; the system keeps the same files in memory anyway.
  '-c',
  'shared_buffers=32MB',
];

/**
 * Ends the process at once: everything is on the disk. An orderly exit would wait until the compiler has optimised the
 * engine's code, which takes seconds of both.
 */
function end(): void {
  process.kill(process.pid, 'SIGKILL');
}

/** Locks and opens the database of a folder, and answers what comes, one after the other. */
async function serve(folder: string): Promise<void> {
  const say = (message: FromEngine): void => void process.send?.(message);
  const unlock = lockFolder(folder);
  const path = join(folder, 'pg');
  const fresh = !existsSync(join(path, 'PG_VERSION'));
  const fs = new DurableNodeFS(path);
  const pglite = await PGlite.create({ fs, startParams: START_PARAMS });
  if (fresh) flushTree(path);
  process.on('message', (message: ToEngine) => {
    if (message === 'close') {
      void pglite.close().then(() => {
        unlock();
        end();
      });
      return;
    }
    const bytes = pglite.execProtocolRawSync(message.bytes);
    const { flushes } = fs;
    fs.flushes = 0;
    say({ bytes, flushes });
  });
  say('ready');
}

// The server decides when the database closes: a signal to both, as Ctrl+C sends it, must not take it away before.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
// Without the server there is nothing to do. What was committed is on the disk.
process.on('disconnect', end);
const folder = process.argv[2] ?? '';
await serve(folder).catch((cause: unknown) => {
  const error = cause instanceof FolderInUse ? cause : whyUnusable(folder, cause);
  process.send?.({ failed: error, kind: error.name } satisfies FromEngine, () => process.exit(1));
});
