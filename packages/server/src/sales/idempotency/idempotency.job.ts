import type { Query } from '../../database/database.ts';
import type { Job } from '../../jobs/runner.ts';
import { removeExpiredKeys } from './idempotency.store.ts';

const EVERY_MS = 10 * 60_000;

/** Removes idempotency keys whose time is over. */
export const cleanKeysJob = (db: Query): Job => ({
  name: 'clean-keys',
  every_ms: EVERY_MS,
  run: () => removeExpiredKeys(db),
});
