-- Stock alerts. A bucket knows the number of units that counts as low, so that the statement which crosses it sees that;
-- whatever is to be told of it is found out later, from a short list of buckets, never by looking through all of them.

-- At or below so many units the stock is low; 0 where no alert is set.
ALTER TABLE buckets ADD COLUMN low_at bigint NOT NULL DEFAULT 0 CHECK (low_at >= 0);

-- What a distributor wants to be told of. Without an offer it is for all offers that have no alert of their own.
CREATE TABLE alerts (
  distributor_id uuid NOT NULL REFERENCES distributors,
  id uuid NOT NULL,
  offer_id uuid,
  units bigint CHECK (units > 0),
  days_of_cover double precision CHECK (days_of_cover > 0),
  emails text[] NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (distributor_id, id),
  CHECK (units IS NOT NULL OR days_of_cover IS NOT NULL)
);
CREATE UNIQUE INDEX alerts_by_offer ON alerts (distributor_id, offer_id) NULLS NOT DISTINCT;

-- Offers whose `low_at` has to be found anew, and when.
CREATE TABLE stock_watches (
  distributor_id uuid NOT NULL,
  offer_id uuid NOT NULL,
  due_at timestamptz NOT NULL,
  PRIMARY KEY (distributor_id, offer_id)
);
CREATE INDEX stock_watches_due ON stock_watches (due_at);

-- Buckets that have crossed something since they were looked at last, the fewest units they had when they did, and how many
-- they had been granted by then.
CREATE TABLE stock_checks (
  distributor_id uuid NOT NULL,
  offer_id uuid NOT NULL,
  least bigint NOT NULL,
  least_granted bigint NOT NULL,
  PRIMARY KEY (distributor_id, offer_id)
);

-- What was told of a stock last, when, and how many units it had been granted until then.
CREATE TABLE stock_levels (
  distributor_id uuid NOT NULL,
  offer_id uuid NOT NULL,
  level text NOT NULL CHECK (level IN ('ok', 'low', 'depleted')),
  since timestamptz NOT NULL,
  granted bigint NOT NULL,
  PRIMARY KEY (distributor_id, offer_id)
);
CREATE INDEX stock_levels_short ON stock_levels (distributor_id, since) WHERE level <> 'ok';

-- Empty, low, just above low, or well above: between these nothing can happen that is to be told. Where a stock counts as
-- well above is also said in domain/stock-level.ts.
CREATE FUNCTION stock_zone(available bigint, low_at bigint) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (available > 0)::int + (available > low_at)::int + (available > low_at + greatest(1, (low_at + 9) / 10))::int
$$;
CREATE FUNCTION note_stock_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO stock_checks AS c (distributor_id, offer_id, least, least_granted)
  VALUES (NEW.distributor_id, NEW.offer_id, NEW.available, NEW.granted)
  ON CONFLICT (distributor_id, offer_id) DO UPDATE
    SET least = excluded.least, least_granted = excluded.least_granted WHERE excluded.least < c.least;
  RETURN NULL;
END $$;
CREATE TRIGGER note_stock_check AFTER UPDATE ON buckets FOR EACH ROW
  WHEN (stock_zone(OLD.available, OLD.low_at) <> stock_zone(NEW.available, NEW.low_at))
  EXECUTE FUNCTION note_stock_check();

-- A new offer is for the alert that its distributor has for all.
CREATE FUNCTION watch_new_stock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO stock_watches (distributor_id, offer_id, due_at)
  SELECT NEW.distributor_id, NEW.offer_id, NEW.updated_at FROM alerts
  WHERE distributor_id = NEW.distributor_id AND offer_id IS NULL
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER watch_new_stock AFTER INSERT ON buckets FOR EACH ROW EXECUTE FUNCTION watch_new_stock();
