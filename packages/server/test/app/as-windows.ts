import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

// Loaded before a program of the tests: what Windows has not, it has not either. Paths stay those of this system.
Object.defineProperty(process, 'platform', { value: 'win32' });
process.execve = () => {
  throw new Error('process.execve is not available on this platform');
};
process.umask = () => {
  throw new Error('there is no umask on Windows');
};
// Nothing is flushed there that was not opened to be written to, and so no folder.
const { openSync, fsyncSync, fdatasyncSync } = fs;
const unwritable = new Set<number>();
fs.openSync = (path, flags, mode) => {
  const fd = openSync(path, flags, mode);
  if (flags === 'r' || fs.fstatSync(fd).isDirectory()) unwritable.add(fd);
  else unwritable.delete(fd);
  return fd;
};
const onlyWritable = (flush: (fd: number) => void) => (fd: number) => {
  if (unwritable.has(fd)) throw Object.assign(new Error('EPERM: operation not permitted, fsync'), { code: 'EPERM' });
  flush(fd);
};
fs.fsyncSync = onlyWritable(fsyncSync);
fs.fdatasyncSync = onlyWritable(fdatasyncSync);
// A signal that no program of Windows gets: whoever is sent it is gone.
const kill = process.kill.bind(process);
process.kill = (pid, signal) => kill(pid, signal === 'SIGTERM' ? 'SIGKILL' : signal);
syncBuiltinESMExports();
