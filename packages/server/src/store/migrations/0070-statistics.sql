-- What the overview tells beyond sales_hourly. The counters are gathered in the memory of each process and added every few
-- seconds: they are statistics, not the ledger, and a process that is killed takes its last few seconds with it.

-- Orders of each hour (UTC) that came to nothing, and why.
CREATE TABLE refusals_hourly (
  distributor_id uuid NOT NULL,
  hour timestamptz NOT NULL,
  reason text NOT NULL,
  -- True for those that held a unit and gave it back: of these sales_hourly knows the offer.
  took_unit boolean NOT NULL,
  -- Of the others, where they named one of their distributor's.
  offer_id uuid,
  orders bigint NOT NULL
) WITH (fillfactor = 50);
CREATE UNIQUE INDEX refusals_hourly_by_hour
  ON refusals_hourly (distributor_id, hour, reason, took_unit, offer_id) NULLS NOT DISTINCT;

-- How long suppliers took to answer recharges: how many answers took up to so many milliseconds, and longer than the next
-- fewer (domain/latency.ts has them); -1 for those that took longer than all, -2 for calls without an answer.
CREATE TABLE supplier_answers_hourly (
  distributor_id uuid NOT NULL,
  hour timestamptz NOT NULL,
  supplier_id uuid NOT NULL,
  up_to_ms integer NOT NULL,
  answers bigint NOT NULL,
  PRIMARY KEY (distributor_id, hour, supplier_id, up_to_ms)
) WITH (fillfactor = 50);

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
