import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { closeFiles, keepFolderPrivate } from './private-folder.ts';

export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
}

/** The longest that a process may still need to end once its folder is wanted by the next, in milliseconds. */
const ENDS_WITHIN_MS = 5_000;

/**
 * Takes a data folder for this process alone. Two processes on one embedded database would silently lose rows.
 * The lock is the operating system's (SQLite's exclusive lock on a file), so it ends with the process, however it ends.
 * @returns gives the folder back
 * @throws FolderInUse when another process has it, FolderNotPrivate when others may read it
 */
export function lockFolder(folder: string): () => void {
  keepFolderPrivate(folder);
  const lock = new DatabaseSync(join(folder, 'lock'), { timeout: ENDS_WITHIN_MS });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    throw new FolderInUse(
      `The data folder ${folder} is in use by another OpenTopup process. Stop that one first, or set DATA_DIR to another folder.`,
      { cause: error },
    );
  }
  closeFiles(folder);
  return () => lock.close();
}
