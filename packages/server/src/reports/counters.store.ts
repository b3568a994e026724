import type { Query } from '../database/database.ts';
import { ON_ITS_SHARD } from '../database/shards.ts';

/** Orders of an hour (RFC 3339) that came to nothing for one reason. */
export interface Refusals {
  distributor_id: string;
  hour: string;
  reason: string;
  /** True for those that held a unit and gave it back. */
  took_unit: boolean;
  /** Null for these, and where no offer of the distributor was named. */
  offer_id: string | null;
}

/** Answers of a supplier to the recharges of an hour that took about the same time; see `reports/latency.rules.ts`. */
export interface Answers {
  distributor_id: string;
  hour: string;
  supplier_id: string;
  up_to_ms: number;
}

/** A kind, and how many of it were counted. */
export type Counted<Kind> = Kind & { count: number };

/** What is counted in an hour counts in its day as well. */
const STEPS = `CROSS JOIN LATERAL (VALUES ('hour', c.hour), ('day', date_trunc('day', c.hour, 'UTC'))) s(step, at)`;

/** Adds to the counters of refusals. Rows are locked in order, so that two processes cannot wait for each other. */
export async function addRefusals(on: Query, counts: readonly Counted<Refusals>[]): Promise<void> {
  await on.query(
    `${ON_ITS_SHARD}INSERT INTO refusals AS r (distributor_id, step, at, reason, took_unit, offer_id, orders)
     SELECT distributor_id, step, at, reason, took_unit, offer_id, sum(count)
     FROM json_to_recordset($1::json)
       AS c(distributor_id uuid, hour timestamptz, reason text, took_unit boolean, offer_id uuid, count bigint) ${STEPS}
     GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
     ON CONFLICT (distributor_id, step, at, reason, took_unit, offer_id)
       DO UPDATE SET orders = r.orders + excluded.orders`,
    [JSON.stringify(counts)],
  );
}

/** Adds to the counters of suppliers' answers, in the same way. */
export async function addAnswers(on: Query, counts: readonly Counted<Answers>[]): Promise<void> {
  await on.query(
    `${ON_ITS_SHARD}INSERT INTO supplier_answers AS a (distributor_id, step, at, supplier_id, up_to_ms, answers)
     SELECT distributor_id, step, at, supplier_id, up_to_ms, sum(count)
     FROM json_to_recordset($1::json)
       AS c(distributor_id uuid, hour timestamptz, supplier_id uuid, up_to_ms integer, count bigint) ${STEPS}
     GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
     ON CONFLICT (distributor_id, step, at, supplier_id, up_to_ms) DO UPDATE SET answers = a.answers + excluded.answers`,
    [JSON.stringify(counts)],
  );
}
