import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A data folder that others on the machine can look into, and that cannot be closed to them. */
export class FolderNotPrivate extends Error {
  override readonly name = 'FolderNotPrivate';
}

/** A data folder that cannot be used, in words that say what to do. */
export class FolderUnusable extends Error {
  override readonly name = 'FolderUnusable';
}

/** Says in words why a data folder cannot be used; what is said in words already stays as it is. */
export function whyUnusable(folder: string, error: unknown): Error {
  if (error instanceof FolderNotPrivate || error instanceof FolderUnusable) return error;
  const because = error instanceof Error ? error.message : String(error);
  const words = isFull(folder)
    ? `The disk of the data folder ${folder} is full. Make room there, and start again.`
    : `The data folder ${folder} cannot be used: ${because}. Set DATA_DIR to a folder where this user may write.`;
  return new FolderUnusable(words, { cause: error });
}

/** The least that a start needs on the disk, in bytes. */
const LEAST_ROOM = 2 ** 20;

/** True where a folder, or what there is of the way to it, has no room left. */
function isFull(folder: string): boolean {
  if (!existsSync(folder)) return dirname(folder) !== folder && isFull(dirname(folder));
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize < LEAST_ROOM;
}

/** What others may do with a file, as bits of its mode. */
export const OPEN_TO_OTHERS = 0o077;
/** What we keep there; a folder that has any of it is ours, so is one that has nothing else than what a file system puts there. */
const OURS = new Set(['pg', 'demo.json', 'sealing.key']);
const NOBODYS = new Set(['lock', 'lost+found']);

const isOpen = (path: string): boolean => (lstatSync(path).mode & OPEN_TO_OTHERS) !== 0;

/**
 * Makes a folder that is for this user alone, or closes one that there is. What this process writes from now on is for
 * this user alone as well: the embedded database would open its files for everybody, and all secrets are in them.
 * @throws FolderNotPrivate where that cannot be, or where somebody else's things may be in it
 */
export function keepFolderPrivate(folder: string): void {
  // Windows knows no such permissions: what a user makes is that user's there.
  if (process.platform === 'win32') {
    mkdirSync(folder, { recursive: true });
    return;
  }
  process.umask(OPEN_TO_OTHERS);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if ((statSync(folder).mode & OPEN_TO_OTHERS) !== 0) close(folder);
}

function close(folder: string): void {
  const names = readdirSync(folder);
  const advice = `Make it yours alone (chmod 700 ${folder}), or set DATA_DIR to a folder of its own, as in ${join(folder, 'opentopup')}.`;
  if (!names.some((name) => OURS.has(name)) && !names.every((name) => NOBODYS.has(name))) {
    throw new FolderNotPrivate(`Others can look into the data folder ${folder}, and it holds other things. ${advice}`);
  }
  try {
    chmodSync(folder, 0o700);
  } catch {
    // It belongs to somebody else; what follows says so.
  }
  if ((statSync(folder).mode & OPEN_TO_OTHERS) !== 0) {
    throw new FolderNotPrivate(`Others can look into the data folder ${folder}, and that cannot be changed. ${advice}`);
  }
}

/** Closes what lies in a folder to others: earlier versions left files that everybody could read. */
export function closeFiles(folder: string): void {
  if (process.platform === 'win32') return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) closeFiles(path);
    if ((entry.isDirectory() || entry.isFile()) && isOpen(path)) chmodSync(path, entry.isDirectory() ? 0o700 : 0o600);
  }
}
