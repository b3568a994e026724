import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Loaded into a process before it starts, lets its disk be full while the file named in FULL_WHILE is there: no file grows,
 * and none is left room for. What is already a file's own may be written over, as on a real disk.
 */
const isFull = (): boolean => fs.existsSync(process.env['FULL_WHILE'] ?? '');

const { writeSync, statfsSync } = fs;

function write(...given: Parameters<typeof writeSync>): number {
  const [fd, buffer, offset, length, position] = given as unknown as [number, Uint8Array, number?, number?, number?];
  const end = (position ?? 0) + (length ?? buffer.length - (offset ?? 0));
  const { size } = fs.fstatSync(fd);
  if (typeof position === 'number' && end > size && isFull()) {
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', errno: -28 });
  }
  return writeSync(...given);
}

fs.writeSync = write as typeof writeSync;
fs.statfsSync = ((...given: Parameters<typeof statfsSync>) => {
  const told = statfsSync(...given);
  if (isFull()) Object.assign(told, { bavail: 0 });
  return told;
}) as typeof statfsSync;
syncBuiltinESMExports();
