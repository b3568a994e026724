import type { Db, Query } from './database.ts';
import { RUN, TRIGGERS } from './shard-functions.ts';
import { isDistributed } from './shards.ts';

/** The database cannot be distributed; the message says why. */
export class NotDistributable extends Error {
  override readonly name = 'NotDistributable';
}

/** What every worker has a copy of: the catalogue, which rarely changes and each shard asks for. */
const COPIED = [
  'catalogue_version',
  'distributors',
  'suppliers',
  'products',
  'offers',
  'offer_versions',
  'routes',
  'route_products',
  'forgotten',
  'orphan_search',
  'days_added_up',
  'reversal_requests',
];
/** What grows with what is sold, by distributor. Triggers write to the first ones, so they come before the others. */
const SPREAD = [
  'alerts',
  'stock_checks',
  'stock_watches',
  'stock_outs',
  'stock_levels',
  'buckets',
  'movements',
  'transactions',
  'resolutions',
  'unknown_outcomes',
  'sendings',
  'decisions',
  'idempotency_keys',
  'events',
  'esims',
  'receipts',
  'sales_hourly',
  'ledger_checkpoints',
  'not_yet_forgotten',
  'delivery_attempts',
  'reversals',
  'late_deliveries',
  'webhooks',
  'deliveries',
  'customer_notices',
  'notices',
  'receipt_notices',
  'refusals',
  'supplier_answers',
  'sales_daily',
  'moved_daily',
  'supplier_exchanges',
  'parked_orders',
  'parking_leases',
  'clock_moves',
  'clock_retention',
];

/** Each of these statements is one step; all of them are one database transaction. */
const STEPS: readonly string[] = [
  'SET LOCAL citus.enable_unsafe_triggers TO on',
  'SET LOCAL client_min_messages TO warning',
  TRIGGERS,
  // What a copied table is named by stays on the coordinator, as a table of its own.
  `DO $$ DECLARE k record; BEGIN
     FOR k IN SELECT conrelid::regclass AS name, conname FROM pg_constraint
       WHERE contype = 'f' AND confrelid = ANY ('{${COPIED.join(',')}}'::regclass[])
     LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', k.name, k.conname); END LOOP;
   END $$`,
  `DROP TRIGGER count_change ON distributors; DROP TRIGGER count_change ON suppliers; DROP TRIGGER count_change ON products;
   DROP TRIGGER count_change ON offers; DROP TRIGGER keep_offer_version ON offers;
   DROP TRIGGER append_only ON routes; DROP TRIGGER append_only ON route_products`,
  ...COPIED.map((table) => `SELECT create_reference_table('${table}')`),
  ...['distributors', 'suppliers', 'products', 'offers'].map(
    (table) => `CREATE TRIGGER count_change AFTER INSERT OR UPDATE OR DELETE ON ${table}
      FOR EACH STATEMENT EXECUTE FUNCTION count_catalogue_change_here()`,
  ),
  `CREATE TRIGGER keep_offer_version AFTER INSERT OR UPDATE OF version ON offers
     FOR EACH ROW EXECUTE FUNCTION keep_offer_version_here()`,
  ...['routes', 'route_products'].map(
    (table) => `CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ${table}
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()`,
  ),
  ...SPREAD.map(
    (table) =>
      `SELECT create_distributed_table('${table}', 'distributor_id', colocate_with => '${SPREAD[0] === table ? 'none' : SPREAD[0]}')`,
  ),
  'CREATE TRIGGER own_turn BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION take_turn_here()',
  'CREATE TRIGGER own_turn BEFORE INSERT ON webhooks FOR EACH ROW EXECUTE FUNCTION begin_here()',
  RUN,
  // Statements and triggers call them on workers.
  `SELECT create_distributed_function(p.oid::regprocedure) FROM pg_proc p
   WHERE p.pronamespace = to_regnamespace(current_schema())
     AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')`,
  "SELECT create_reference_table('shard_statements')",
  "SELECT create_distributed_table('shard_calls', 'distributor_id', colocate_with => 'buckets')",
];

/** What the database that is to be distributed lacks, in words; null where nothing. */
async function findObstacle(db: Query): Promise<string | null> {
  const [citus] = await db.query<{ is: boolean }>(
    "SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') AS is",
  );
  if (!citus?.is) {
    return 'Citus is not installed in this database: install it on every machine, then CREATE EXTENSION citus in the database on each.';
  }
  const [workers] = await db.query<{ count: number; is_coordinator: boolean }>(
    `SELECT count(*) FILTER (WHERE shouldhaveshards) AS count, bool_or(groupid = 0) IS TRUE AS is_coordinator
     FROM pg_dist_node WHERE isactive AND noderole = 'primary'`,
  );
  if (!workers?.is_coordinator)
    return "This database does not know itself as the coordinator: SELECT citus_set_coordinator_host('name').";
  if (workers.count === 0) return "There is no worker: SELECT citus_add_node('name', 5432) for each.";
  const unsafe = await db.query<{ result: string }>(
    "SELECT result FROM run_command_on_workers('SHOW synchronous_commit') WHERE NOT success OR result IN ('off', 'local')",
  );
  if (unsafe.length > 0) return 'A worker does not wait for its disk: set synchronous_commit = on there.';
  const [others] = await db.query<{ count: number }>(
    `SELECT count(*) AS count FROM pg_stat_activity
     WHERE application_name = 'opentopup' AND datname = current_database() AND pid <> pg_backend_pid()`,
  );
  return others && others.count > 0 ? 'A server works on this database: stop it first.' : null;
}

/** What has become of a database. */
export interface Distribution {
  status: 'distributed' | 'was_distributed';
  workers: number;
  shards: number;
}

/**
 * Spreads what sales write over the workers of a Citus cluster, by distributor; all of it or nothing.
 * @throws NotDistributable
 */
export async function distribute(db: Db): Promise<Distribution> {
  const there = await isDistributed(db);
  if (!there) {
    const obstacle = await findObstacle(db);
    if (obstacle) throw new NotDistributable(obstacle);
    await db.transaction(
      async (tx) => {
        for (const step of STEPS) await tx.script(step);
      },
      { isLong: true },
    );
  }
  const [counts] = await db.query<Pick<Distribution, 'workers' | 'shards'>>(
    `SELECT count(*) AS shards, count(DISTINCT p.groupid) AS workers FROM pg_dist_shard s JOIN pg_dist_placement p USING (shardid)
     WHERE s.logicalrelid = 'buckets'::regclass`,
  );
  return {
    status: there ? 'was_distributed' : 'distributed',
    workers: counts?.workers ?? 0,
    shards: counts?.shards ?? 0,
  };
}
