-- What the overview tells beyond sales_hourly. The counters are gathered in the memory of each process and added every few
-- seconds: they are statistics, not the ledger, and a process that is killed takes its last few seconds with it.

-- Each is counted twice, in its hour and in its day (UTC), so that long periods read few rows.

-- Orders that came to nothing, and why.
CREATE TABLE refusals (
  distributor_id uuid NOT NULL,
  step text NOT NULL CHECK (step IN ('hour', 'day')),
  at timestamptz NOT NULL,
  reason text NOT NULL,
  -- True for those that held a unit and gave it back: of these sales_hourly knows the offer.
  took_unit boolean NOT NULL,
  -- Of the others, where they named one of their distributor's.
  offer_id uuid,
  orders bigint NOT NULL
) WITH (fillfactor = 50);
CREATE UNIQUE INDEX refusals_by_time
  ON refusals (distributor_id, step, at, reason, took_unit, offer_id) NULLS NOT DISTINCT;

-- How long suppliers took to answer recharges: how many answers took up to so many milliseconds, and longer than the next
-- fewer (domain/latency.ts has them); -1 for those that took longer than all, -2 for calls without an answer.
CREATE TABLE supplier_answers (
  distributor_id uuid NOT NULL,
  step text NOT NULL CHECK (step IN ('hour', 'day')),
  at timestamptz NOT NULL,
  supplier_id uuid NOT NULL,
  up_to_ms integer NOT NULL,
  answers bigint NOT NULL,
  PRIMARY KEY (distributor_id, step, at, supplier_id, up_to_ms)
) WITH (fillfactor = 50);

-- What sales_hourly adds up to for each day (UTC) that is over, and what was sold then, at the price that counted last in
-- each hour. Written once; only where orders of the day are still pending is it written again, and not read until then.
CREATE TABLE sales_daily (
  distributor_id uuid NOT NULL,
  day timestamptz NOT NULL,
  offer_id uuid NOT NULL,
  created bigint NOT NULL,
  ok bigint NOT NULL,
  ko bigint NOT NULL,
  expired bigint NOT NULL,
  value_minor bigint NOT NULL,
  is_settled boolean NOT NULL,
  PRIMARY KEY (distributor_id, day, offer_id)
);
CREATE INDEX sales_daily_open ON sales_daily (distributor_id, day) WHERE NOT is_settled;

-- All days before this one are in sales_daily. Null: none yet.
CREATE TABLE days_added_up (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  until timestamptz
);
INSERT INTO days_added_up DEFAULT VALUES;

-- When a stock was empty, as it was told: a unit that comes back from a refused sale does not end it.
CREATE TABLE stock_outs (
  distributor_id uuid NOT NULL,
  offer_id uuid NOT NULL,
  began_at timestamptz NOT NULL,
  -- Null: it still is.
  ended_at timestamptz,
  PRIMARY KEY (distributor_id, offer_id, began_at)
);
CREATE UNIQUE INDEX stock_outs_open ON stock_outs (distributor_id, offer_id) WHERE ended_at IS NULL;
CREATE INDEX stock_outs_by_end ON stock_outs (distributor_id, ended_at);

CREATE FUNCTION note_stock_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.level = 'depleted' THEN
    INSERT INTO stock_outs (distributor_id, offer_id, began_at) VALUES (NEW.distributor_id, NEW.offer_id, NEW.since)
    ON CONFLICT DO NOTHING;
  ELSE
    UPDATE stock_outs SET ended_at = NEW.since
    WHERE distributor_id = NEW.distributor_id AND offer_id = NEW.offer_id AND ended_at IS NULL;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER note_stock_out AFTER INSERT OR UPDATE ON stock_levels FOR EACH ROW EXECUTE FUNCTION note_stock_out();

-- Those that are empty now. When others were is not known any more.
INSERT INTO stock_outs (distributor_id, offer_id, began_at)
SELECT distributor_id, offer_id, since FROM stock_levels WHERE level = 'depleted';
