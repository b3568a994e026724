// Plain JavaScript, as what imports it: any Node.js runs it.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** When the newest of the files at or below this path was changed. */
function newest(path) {
  const about = statSync(path);
  if (!about.isDirectory()) return about.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Whether what was built, a file, is newer than all that it is made of: files and folders. */
export const isFresh = (built, madeOf) =>
  existsSync(built) && statSync(built).mtimeMs > Math.max(...madeOf.map(newest));
