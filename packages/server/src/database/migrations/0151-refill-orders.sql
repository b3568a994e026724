-- Units that distributors order for their stocks, and what was decided. `reference` is the distributor's own; the grant has it
-- too, and the ledger books it once.
CREATE TABLE refill_orders (
  distributor_id uuid NOT NULL,
  id uuid NOT NULL,
  offer_id uuid NOT NULL,
  units bigint NOT NULL CHECK (units > 0),
  reference text NOT NULL,
  ordered_by text NOT NULL,
  at timestamptz NOT NULL,
  status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'granted', 'declined')),
  decided_by text,
  justification text,
  decided_at timestamptz,
  PRIMARY KEY (distributor_id, id),
  UNIQUE (distributor_id, reference),
  FOREIGN KEY (distributor_id, offer_id) REFERENCES offers (distributor_id, id),
  CHECK ((decided_at IS NULL) = (status = 'open'))
);
CREATE UNIQUE INDEX refill_orders_by_id ON refill_orders (id);
-- One is open for an offer at a time: two people who order what is suggested have not ordered it twice.
CREATE UNIQUE INDEX refill_orders_open ON refill_orders (distributor_id, offer_id) WHERE status = 'open';

-- How many days a refill should last, where the distributor says so.
ALTER TABLE distributors ADD COLUMN refill_days integer CHECK (refill_days BETWEEN 1 AND 365);
