-- What keeps a sale as cheap after years as it was on the first day, and what forgets whom it was for.

-- Each sale writes near the end of every index, because ids grow with time; only lines come in no order. With the day in
-- front of them they are written among those of today, so what a sale touches does not grow with what was sold before.
DROP INDEX transactions_by_line;
CREATE INDEX transactions_by_line
  ON transactions (distributor_id, ((created_at AT TIME ZONE 'UTC')::date), line) WHERE line IS NOT NULL;

-- Up to where the daily proof of the ledger has come, and what it found there: each day it goes on from here, so that it
-- costs what was sold that day. The whole ledger is kept, and proved on demand.
CREATE TABLE ledger_checkpoints (
  distributor_id uuid NOT NULL,
  offer_id uuid NOT NULL,
  seq bigint NOT NULL,
  head bytea NOT NULL,
  granted bigint NOT NULL,
  available bigint NOT NULL,
  held bigint NOT NULL,
  sold bigint NOT NULL,
  -- When the bucket stood there.
  at timestamptz NOT NULL,
  PRIMARY KEY (distributor_id, offer_id)
);

-- Whom a sale was for may be forgotten, once, and nothing else of it may ever change.
DROP TRIGGER append_only ON transactions;
CREATE TRIGGER append_only
  BEFORE UPDATE OF distributor_id, id, offer_id, offer_version, user_id, voucher_id, created_at OR DELETE OR TRUNCATE
  ON transactions FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
CREATE TRIGGER line_is_only_forgotten BEFORE UPDATE OF line ON transactions
  FOR EACH ROW WHEN (OLD.line IS NULL OR NEW.line IS DISTINCT FROM 'forgotten') EXECUTE FUNCTION refuse_rewrite();
ALTER TABLE esims ALTER COLUMN sealed DROP NOT NULL;

-- Whom the sales up to this id were for is forgotten.
CREATE TABLE forgotten (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  up_to_id uuid NOT NULL
);
INSERT INTO forgotten (up_to_id) VALUES ('00000000-0000-0000-0000-000000000000');

-- Those among them that had no outcome yet.
CREATE TABLE not_yet_forgotten (
  distributor_id uuid NOT NULL,
  transaction_id uuid NOT NULL,
  PRIMARY KEY (distributor_id, transaction_id)
);
