import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../config.ts';

export interface SealingKey {
  key: Buffer;
  /** It was made just now. */
  isNew: boolean;
}

/**
 * Returns the key that seals secrets in the database: the one that is configured; beside an embedded database one of
 * its own, made on the first start; otherwise none.
 */
export function sealingKey({ SEALING_KEY, DATABASE_URL, DATA_DIR }: Settings): SealingKey | null {
  if (SEALING_KEY) return { key: Buffer.from(SEALING_KEY, 'base64'), isNew: false };
  if (DATABASE_URL) return null;
  const path = join(DATA_DIR, 'sealing.key');
  const isNew = !existsSync(path);
  if (isNew) {
    mkdirSync(DATA_DIR, { recursive: true, mode: 0o700 });
    writeFileSync(path, randomBytes(32).toString('base64'), { mode: 0o600 });
  }
  return { key: Buffer.from(readFileSync(path, 'utf8'), 'base64'), isNew };
}
