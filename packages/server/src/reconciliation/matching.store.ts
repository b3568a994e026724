import type { Query } from '../database/database.ts';
import type { DayCost, DayTotals } from './day-totals.rules.ts';

/** How far apart the same order may stand in both books, where only line and amount name it. */
const APART = "interval '1 hour'";

const FREE_THEIRS = `
  SELECT * FROM reconciliation_theirs t WHERE t.reconciliation_id = $1
    AND NOT EXISTS (SELECT FROM reconciliation_pairs p WHERE p.reconciliation_id = $1 AND p.ordinal = t.ordinal)`;
const FREE_OURS = `
  SELECT * FROM reconciliation_ours o WHERE o.reconciliation_id = $1
    AND NOT EXISTS (SELECT FROM reconciliation_pairs p WHERE p.reconciliation_id = $1
                      AND p.transaction_id = o.transaction_id AND p.attempt = o.attempt)`;

/** Several of our suppliers may have one account there: what names an order of another one's is that one's. */
const REMOVE_OTHERS = `
  DELETE FROM reconciliation_theirs t USING (${FREE_THEIRS} AND t.transaction_id IS NOT NULL) f
  WHERE t.reconciliation_id = $1 AND t.ordinal = f.ordinal AND EXISTS (
    SELECT FROM transactions s
    JOIN offers o ON o.distributor_id = s.distributor_id AND o.id = s.offer_id
    LEFT JOIN delivery_attempts x
      ON x.distributor_id = s.distributor_id AND x.transaction_id = s.id AND x.number = f.attempt
    JOIN products p ON p.id = coalesce(x.product_id, o.product_id)
    JOIN suppliers other ON other.id = p.supplier_id
    JOIN reconciliations r ON r.id = $1
    JOIN suppliers this ON this.id = r.supplier_id AND this.id <> other.id AND this.connector = other.connector
    WHERE s.id = f.transaction_id)`;

/**
 * Finds for what the supplier has the order that it is: by our reference, then by theirs, then by line, amount and time.
 * Of several that fit by line the nearest are taken, each for the other, and then those of what is left; so it is only possible
 * that they are the same.
 */
export async function pairUp(on: Query, run: string): Promise<void> {
  await on.query(
    `INSERT INTO reconciliation_pairs
     SELECT $1, t.ordinal, o.transaction_id, o.attempt, 'reference', 'certain'
     FROM reconciliation_theirs t
     JOIN reconciliation_ours o
       ON o.reconciliation_id = $1 AND o.transaction_id = t.transaction_id AND o.attempt = t.attempt
     WHERE t.reconciliation_id = $1`,
    [run],
  );
  await on.query('ANALYZE reconciliation_pairs');
  await on.query(REMOVE_OTHERS, [run]);
  // What names another order of ours by our reference is no other one by theirs.
  await on.query(
    `INSERT INTO reconciliation_pairs
     SELECT $1, t.ordinal, o.transaction_id, o.attempt, 'supplier_reference', 'certain'
     FROM (${FREE_THEIRS} AND t.transaction_id IS NULL) t
     JOIN (SELECT DISTINCT ON (supplier_reference) * FROM (${FREE_OURS} AND o.supplier_reference IS NOT NULL) f
           ORDER BY supplier_reference, at) o ON o.supplier_reference = t.supplier_reference`,
    [run],
  );
  for (let isFirst = true; (await pairNearest(on, run, isFirst)) > 0; isFirst = false);
}

/** Pairs what is nearest to each other by line, amount and time, of what is not paired yet; tells how many. */
async function pairNearest(on: Query, run: string, isFirst: boolean): Promise<number> {
  const [row] = await on.query<{ count: number }>(
    `WITH near AS (
       SELECT t.ordinal, o.transaction_id, o.attempt,
              count(*) OVER (PARTITION BY t.ordinal) = 1 AND count(*) OVER (PARTITION BY o.transaction_id, o.attempt) = 1
                AS is_alone,
              row_number() OVER (PARTITION BY t.ordinal ORDER BY greatest(t.at - o.at, o.at - t.at), o.transaction_id, o.attempt)
                AS of_theirs,
              row_number() OVER (PARTITION BY o.transaction_id, o.attempt
                                 ORDER BY greatest(t.at - o.at, o.at - t.at), t.ordinal) AS of_ours
       FROM (${FREE_THEIRS} AND t.transaction_id IS NULL AND t.digits IS NOT NULL) t
       JOIN (${FREE_OURS} AND o.digits IS NOT NULL) o
         ON o.digits = t.digits AND t.at BETWEEN o.at - ${APART} AND o.at + ${APART}
        AND (t.value IS NULL OR (t.value = o.value AND coalesce(t.value_currency, o.value_currency) = o.value_currency))
     ), paired AS (
       INSERT INTO reconciliation_pairs
       SELECT $1, ordinal, transaction_id, attempt, 'line', CASE WHEN is_alone AND $2 THEN 'likely' ELSE 'possible' END
       FROM near WHERE of_theirs = 1 AND of_ours = 1 RETURNING 1)
     SELECT count(*)::int AS count FROM paired`,
    [run, isFirst],
  );
  return row?.count ?? 0;
}

/** The time that is compared. */
export interface ComparedSpan {
  run: string;
  from: Date;
  before: Date;
}

const SIDE = (of: string): string => `jsonb_strip_nulls(jsonb_build_object(
  'state', ${of}.state, 'value', ${of}.value, 'value_currency', ${of}.value_currency, 'cost', ${of}.cost,
  'cost_currency', ${of}.cost_currency, 'at', ${of}.at))`;
const PRICE = (of: string): string => `trim_scale(${of}.cost) || ' ' || coalesce(${of}.cost_currency, '?')`;

/**
 * Both sides as they were paired: of several of theirs for one order that is it which is `nth` 1. What the supplier has is named
 * by our reference where it has one: a list and a file, which may lack the supplier's own, name the same difference alike.
 */
const SIDES = `
  WITH theirs AS (
    SELECT t.*, row_number() OVER (
      PARTITION BY name ORDER BY state = 'delivered' DESC, at, supplier_reference, ordinal) AS again
    FROM (
      SELECT *, coalesce(CASE WHEN transaction_id IS NOT NULL THEN lower(reference) END, supplier_reference, reference,
                         encode(sha256(concat_ws('|', digits, value, at)::bytea), 'hex')) AS name
      FROM reconciliation_theirs WHERE reconciliation_id = $1) t
  ), paired AS (
    SELECT p.*, row_number() OVER (
      PARTITION BY p.transaction_id, p.attempt
      ORDER BY t.state = 'delivered' DESC, (t.supplier_reference = o.supplier_reference) IS TRUE DESC, t.at, t.ordinal) AS nth
    FROM reconciliation_pairs p
    JOIN reconciliation_theirs t ON t.reconciliation_id = $1 AND t.ordinal = p.ordinal
    JOIN reconciliation_ours o
      ON o.reconciliation_id = $1 AND o.transaction_id = p.transaction_id AND o.attempt = p.attempt
    WHERE p.reconciliation_id = $1
  ), sides AS (
    SELECT o.distributor_id, coalesce(o.transaction_id, t.transaction_id) AS transaction_id,
           coalesce(o.attempt, t.attempt) AS attempt, coalesce(o.line, t.line) AS line, coalesce(o.at, t.at) AS at,
           coalesce(p.nth, 1) AS nth, coalesce(p.confidence, 'certain') AS confidence, p.matched_by,
           o.state AS our_state, o.is_elsewhere, n.transaction_id IS NOT NULL AS is_of_sold, o.cost AS our_cost, o.cost_currency AS our_currency,
           t.state AS their_state, t.cost AS their_cost, coalesce(t.cost_currency, o.cost_currency) AS their_currency,
           t.name || CASE WHEN t.again = 1 THEN '' ELSE '#' || t.again END AS their_name,
           o.transaction_id || CASE WHEN o.attempt = 1 THEN '' ELSE '-' || o.attempt END AS our_name,
           (o.cost <> t.cost OR o.cost_currency <> coalesce(t.cost_currency, o.cost_currency)) IS TRUE AS is_dearer,
           ${PRICE('o')} || ' / ' || ${PRICE('t')} AS prices,
           CASE WHEN o.transaction_id IS NOT NULL THEN ${SIDE('o')} END AS ours,
           CASE WHEN t.ordinal IS NOT NULL THEN ${SIDE('t')} || jsonb_strip_nulls(jsonb_build_object(
             'supplier_reference', t.supplier_reference, 'reference', t.reference, 'product', t.product)) END AS theirs
    FROM (SELECT * FROM reconciliation_ours WHERE reconciliation_id = $1) o
    LEFT JOIN paired p ON p.transaction_id = o.transaction_id AND p.attempt = o.attempt
    FULL JOIN theirs t ON t.ordinal = p.ordinal
    LEFT JOIN (SELECT DISTINCT transaction_id FROM reconciliation_ours
               WHERE reconciliation_id = $1 AND (state = 'delivered' OR is_elsewhere)) n
      ON o.transaction_id IS NULL AND n.transaction_id = t.transaction_id
  )`;

/**
 * What differs on a pair of sides. What is pending on either side is no difference, unless nobody looks for its outcome here
 * any more.
 */
const KIND = `CASE
  WHEN our_state IS NULL AND their_state <> 'delivered' THEN NULL
  WHEN our_state IS NULL THEN CASE WHEN is_of_sold THEN 'twice' ELSE 'delivered_there_not_sold_here' END
  WHEN their_state IS NULL THEN CASE WHEN our_state = 'delivered' THEN 'sold_here_not_there' END
  WHEN their_state = 'delivered' AND (nth > 1 OR (is_elsewhere AND our_state <> 'delivered')) THEN 'twice'
  WHEN nth > 1 THEN NULL
  WHEN our_state = 'delivered' AND their_state = 'delivered' THEN CASE WHEN is_dearer THEN 'other_price' END
  WHEN our_state = 'delivered' AND their_state IN ('refused', 'reversed') THEN 'other_outcome'
  WHEN our_state IN ('refused', 'reversed', 'undecided') AND their_state = 'delivered' THEN 'other_outcome'
  WHEN our_state = 'undecided' AND their_state IN ('refused', 'reversed') THEN 'other_outcome' END`;

/** Keeps aside what differs in the time that is compared; tells how many. */
export async function findDifferences(on: Query, { run, from, before }: ComparedSpan): Promise<number> {
  const [row] = await on.query<{ count: number }>(
    `${SIDES}, judged AS (
       SELECT ${KIND} AS kind, CASE WHEN our_state IS NULL THEN their_name WHEN nth > 1 THEN our_name || '#' || nth ELSE our_name END AS name,
              CASE WHEN our_state = 'delivered' AND their_state = 'delivered' AND nth = 1 THEN prices
                   ELSE coalesce(our_state, '') || ' / ' || coalesce(their_state, '') END AS facts,
              distributor_id, transaction_id, attempt, line, confidence, ours, theirs, at
       FROM sides WHERE at >= $2 AND at < $3
     ), found AS (
       INSERT INTO reconciliation_found
       SELECT $1, row_number() OVER (ORDER BY at, name, kind), to_jsonb(j) FROM judged j WHERE kind IS NOT NULL
       RETURNING 1)
     SELECT count(*)::int AS count FROM found`,
    [run, from, before],
  );
  return row?.count ?? 0;
}

const DAY = `to_char(at AT TIME ZONE $4, 'YYYY-MM-DD')`;

/** Adds up what was compared, day by day of a time zone. */
export function sumDays(on: Query, { run, from, before }: ComparedSpan, timeZone: string): Promise<DayTotals[]> {
  return on.query<DayTotals>(
    `${SIDES}
     SELECT ${DAY} AS day, (count(our_state) FILTER (WHERE nth = 1))::int AS orders, count(their_state)::int AS transactions,
            (count(*) FILTER (WHERE our_state = 'delivered' AND nth = 1))::int AS ours,
            (count(*) FILTER (WHERE their_state = 'delivered'))::int AS theirs,
            (count(*) FILTER (WHERE our_state = 'delivered' AND their_state = 'delivered' AND nth = 1 AND NOT is_dearer))::int
              AS agreed,
            (count(*) FILTER (WHERE 'pending' IN (our_state, their_state)))::int AS open,
            (count(*) FILTER (WHERE ${KIND} IS NOT NULL))::int AS differences,
            (count(*) FILTER (WHERE matched_by = 'reference'))::int AS by_reference,
            (count(*) FILTER (WHERE matched_by = 'supplier_reference'))::int AS by_supplier_reference,
            (count(*) FILTER (WHERE matched_by = 'line'))::int AS by_line
     FROM sides WHERE at >= $2 AND at < $3 GROUP BY 1 ORDER BY 1`,
    [run, from, before, timeZone],
  );
}

/** Adds up what deliveries have cost, day by day. */
export function sumCosts(on: Query, { run, from, before }: ComparedSpan, timeZone: string): Promise<DayCost[]> {
  return on.query<DayCost>(
    `${SIDES}, charged AS (
       SELECT at, c.* FROM sides, LATERAL (VALUES
         ('ours', our_currency, CASE WHEN our_state = 'delivered' AND nth = 1 THEN our_cost END),
         ('theirs', their_currency, CASE WHEN their_state = 'delivered' THEN their_cost END)) AS c(side, currency, cost)
       WHERE at >= $2 AND at < $3)
     SELECT ${DAY} AS day, side, currency, sum(cost)::float8 AS amount
     FROM charged WHERE cost IS NOT NULL AND currency IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    [run, from, before, timeZone],
  );
}
