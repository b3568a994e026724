/** A copied table's triggers run on every machine: what they write is the copy that is there. */
const COPY_OF = (table: string): string =>
  `(SELECT '${table}_' || shardid FROM pg_dist_shard WHERE logicalrelid = '${table}'::regclass)`;

/** What triggers do in a distributed database. */
export const TRIGGERS = `
CREATE FUNCTION count_catalogue_change_here() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('UPDATE %I SET version = version + 1', ${COPY_OF('catalogue_version')});
  RETURN NULL;
END $$;
CREATE FUNCTION keep_offer_version_here() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('INSERT INTO %I (distributor_id, offer_id, version, name, resell_value_minor, fees, fees_type, since, route_id)
      VALUES ($1.distributor_id, $1.id, $1.version, $1.name, $1.resell_value_minor, $1.fees, $1.fees_type, $1.updated_at,
              $1.route_id)', ${COPY_OF('offer_versions')}) USING NEW;
  RETURN NULL;
END $$;
CREATE FUNCTION take_turn_here() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.turn := event_turn(pg_current_xact_id());
  RETURN NEW;
END $$;
CREATE FUNCTION begin_here() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.turn := event_turn(pg_snapshot_xmin(pg_current_snapshot()));
  RETURN NEW;
END $$`;

/** How a worker runs a statement on a shard: the tables' names become those of the shard, once a session. */
export const RUN = `
CREATE TABLE shard_statements (name text PRIMARY KEY, sql text NOT NULL);
-- Always empty: a query of it goes to the worker that has the shard.
CREATE TABLE shard_calls (distributor_id uuid NOT NULL);
CREATE FUNCTION prepare_on_shard(prepared text, statement text, shard bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  whole text;
  part record;
BEGIN
  EXECUTE format('SELECT sql FROM %I WHERE name = $1', ${COPY_OF('shard_statements')}) INTO STRICT whole USING statement;
  FOR part IN
    SELECT s.logicalrelid::text AS name, s.logicalrelid::text || '_' || s.shardid AS own_name
    FROM pg_dist_shard s JOIN pg_dist_partition p USING (logicalrelid)
    WHERE p.partmethod = 'n' OR (p.colocationid, s.shardminvalue) =
      (SELECT b.colocationid, a.shardminvalue FROM pg_dist_shard a JOIN pg_dist_partition b USING (logicalrelid)
       WHERE a.shardid = shard)
  LOOP
    whole := regexp_replace(whole, '\\m(FROM|JOIN|INTO|UPDATE|USING)(\\s+)' || part.name || '\\M', '\\1\\2' || part.own_name, 'g');
    whole := regexp_replace(whole, '\\m' || part.name || '\\M(?=\\.)', part.own_name, 'g');
  END LOOP;
  EXECUTE format('PREPARE %I AS %s', prepared, whole);
EXCEPTION WHEN duplicate_prepared_statement THEN
  -- Prepared by a transaction that was undone; what it has prepared stays.
  NULL;
END $$;
CREATE FUNCTION run_here(statement text, shard bigint, params text[]) RETURNS jsonb[] LANGUAGE plpgsql AS $$
DECLARE
  prepared text := 's' || statement || '_' || shard;
  answer record;
  answers jsonb[] := '{}';
BEGIN
  -- Whoever moves the shard waits for us, or we for them.
  PERFORM lock_shard_metadata(5, ARRAY[shard]);
  IF NOT EXISTS (SELECT FROM pg_dist_placement p JOIN pg_dist_local_group g USING (groupid) WHERE p.shardid = shard) THEN
    RAISE EXCEPTION 'shard % has moved', shard USING ERRCODE = 'serialization_failure';
  END IF;
  -- A setting of the session says so at once; the list of what is prepared has all its texts.
  IF current_setting('opentopup.' || prepared, true) IS DISTINCT FROM 'on' THEN
    PERFORM prepare_on_shard(prepared, statement, shard);
    PERFORM set_config('opentopup.' || prepared, 'on', false);
  END IF;
  FOR answer IN EXECUTE format('EXECUTE %I', prepared) || coalesce(
    '(' || (SELECT string_agg(quote_nullable(p), ',' ORDER BY n) FROM unnest(params) WITH ORDINALITY AS u(p, n)) || ')', '')
  LOOP
    answers := answers || to_jsonb(answer);
  END LOOP;
  RETURN answers;
END $$;
CREATE FUNCTION run_on_shard(of_distributor uuid, statement text, params text[]) RETURNS jsonb LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_memoize = off SET jit = off SET TimeZone = 'UTC'
AS $$
DECLARE shard bigint := get_shard_id_for_distribution_column('buckets', of_distributor);
BEGIN
  RETURN jsonb_build_object('shards', ARRAY[shard], 'rows', run_here(statement, shard, params));
END $$;
CREATE FUNCTION run_on_worker(of_distributor uuid, statement text, params text[]) RETURNS jsonb LANGUAGE plpgsql
  SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_memoize = off SET jit = off SET TimeZone = 'UTC'
AS $$
DECLARE
  shard bigint;
  shards bigint[] := '{}';
  answers jsonb[] := '{}';
BEGIN
  FOR shard IN
    SELECT s.shardid FROM pg_dist_shard s JOIN pg_dist_placement p USING (shardid) JOIN pg_dist_local_group g USING (groupid)
    WHERE s.logicalrelid = 'buckets'::regclass ORDER BY 1
  LOOP
    shards := shards || shard;
    answers := answers || run_here(statement, shard, params);
  END LOOP;
  RETURN jsonb_build_object('shards', shards, 'rows', answers);
END $$`;
