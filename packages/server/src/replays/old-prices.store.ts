import type { Query } from '../database/database.ts';
import { type Progress, progressAfter } from '../jobs/progress.rules.ts';

const AT_ONCE = 10_000;

/** Removes prices that something else stood in the place of at an instant, some at a time. What stood then stays. */
export async function removeOldPrices(on: Query, at: Date): Promise<Progress> {
  const removed = await on.query(
    `DELETE FROM supplier_price_versions WHERE (supplier_id, supplier_reference, since) IN (
       SELECT v.supplier_id, v.supplier_reference, v.since FROM supplier_price_versions v
       WHERE v.since < $1 AND EXISTS (
         SELECT FROM supplier_price_versions n
         WHERE n.supplier_id = v.supplier_id AND n.supplier_reference = v.supplier_reference
           AND n.since > v.since AND n.since <= $1)
       LIMIT ${AT_ONCE})
     RETURNING 1`,
    [at],
  );
  return progressAfter(removed.length, AT_ONCE);
}

/** Removes what currencies were worth before an instant, some at a time. */
export async function removeOldRates(on: Query, before: Date): Promise<Progress> {
  const removed = await on.query(
    `DELETE FROM exchange_rate_versions WHERE (currency, since) IN (
       SELECT currency, since FROM exchange_rate_versions WHERE since < $1 LIMIT ${AT_ONCE})
     RETURNING 1`,
    [before],
  );
  return progressAfter(removed.length, AT_ONCE);
}
