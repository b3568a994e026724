import { WrongSealingKey } from '../access/signing-key.store.ts';
import { DatabaseDown, DiskFull, sqlState } from '../database/database.ts';
import { NotDistributable } from '../database/distribute.ts';
import { FolderInUse } from '../database/folder-lock.ts';
import { SchemaRefused } from '../database/migrate.ts';
import { SessionsShared } from '../database/own-sessions.ts';
import { FolderNotPrivate, FolderUnusable } from '../database/private-folder.ts';
import { BadSettings } from '../read-settings.ts';

/** Errors whose message is all that somebody needs to know. */
const SAYS_ALL = [
  BadSettings,
  FolderInUse,
  FolderNotPrivate,
  FolderUnusable,
  NotDistributable,
  SchemaRefused,
  SessionsShared,
  WrongSealingKey,
];

/** What PostgreSQL refuses to let in, by SQLSTATE: a user, a password, a database, rights in it. */
const NOT_LET_IN = /^(?:28|3D|42501)/;

const SET_HOST = 'Set HOST to an address of this machine: 127.0.0.1 for itself alone, 0.0.0.0 for all of them.';

/** What the system refuses, and what to do. */
const OF_SYSTEM: Readonly<Record<string, string>> = {
  EADDRINUSE: 'Another program listens there: set PORT to another port, or to 0 for a free one.',
  EADDRNOTAVAIL: SET_HOST,
  ENOTFOUND: SET_HOST,
  EAI_AGAIN: SET_HOST,
  EINVAL: SET_HOST,
  EACCES: 'Set PORT to 1024 or above: those below are not for every user.',
};

/** Where the system refuses to listen, not to read or write. */
const LISTENING = new Set(['listen', 'bind', 'getaddrinfo']);

/** Says why the server does not start, in words for the person who started it. */
export function startError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (SAYS_ALL.some((Kind) => error instanceof Kind)) return error.message;
  const cause = error.cause instanceof Error ? error.cause.message : '';
  if (error instanceof DiskFull) return `The disk of the database is full: make room there, and start again. ${cause}`;
  if (error instanceof DatabaseDown) return `The database in DATABASE_URL cannot be reached. ${cause}`;
  if (NOT_LET_IN.test(sqlState(error) ?? '')) {
    return `The database in DATABASE_URL does not let us in: ${error.message}. Check its name, user and password.`;
  }
  const { code = '', syscall = '' } = error as NodeJS.ErrnoException;
  const advice = LISTENING.has(syscall) ? OF_SYSTEM[code] : undefined;
  return advice ? `${error.message}. ${advice}` : (error.stack ?? error.message);
}
