-- What becomes of sales after their end. A resolution is never rewritten: what is known of a sale later is a row of its own,
-- and the view below tells how the sale stands.

-- Sales that were delivered and are annulled, whole and once. `value_minor`: the price of the sale.
CREATE TABLE reversals (
  distributor_id uuid NOT NULL,
  transaction_id uuid NOT NULL,
  offer_id uuid NOT NULL,
  ordered_at timestamptz NOT NULL,
  value_minor bigint NOT NULL,
  reason text NOT NULL,
  justification text NOT NULL,
  reversed_by text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (distributor_id, transaction_id)
);
CREATE INDEX reversals_in_time ON reversals (distributor_id, at);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reversals
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();

-- Sales that had come to nothing and prove delivered. `was`: how they had ended. What has delivered them is as in
-- resolutions. As long as no unit was booked for one, it is owed: `booked_at` is set once.
CREATE TABLE late_deliveries (
  distributor_id uuid NOT NULL,
  transaction_id uuid NOT NULL,
  offer_id uuid NOT NULL,
  ordered_at timestamptz NOT NULL,
  value_minor bigint NOT NULL,
  was text NOT NULL CHECK (was IN ('ko', 'expired')),
  supplier_reference text,
  cost numeric,
  cost_currency text,
  product_id uuid,
  attempt integer,
  at timestamptz NOT NULL,
  booked_at timestamptz,
  PRIMARY KEY (distributor_id, transaction_id)
);
CREATE INDEX late_deliveries_in_time ON late_deliveries (distributor_id, booked_at);
CREATE INDEX late_deliveries_owed ON late_deliveries (distributor_id, offer_id, at) WHERE booked_at IS NULL;

-- The unit of a sale that is reversed goes from sold to available, that of a late delivery from available to sold. All rows
-- that there are satisfy the old checks, and so the new ones: they need not be read again.
DO $$
DECLARE old text;
BEGIN
  FOR old IN SELECT conname FROM pg_constraint
    WHERE conrelid = 'movements'::regclass AND contype = 'c' AND pg_get_constraintdef(oid) LIKE '%release%'
  LOOP
    EXECUTE format('ALTER TABLE movements DROP CONSTRAINT %I', old);
  END LOOP;
END $$;
ALTER TABLE movements
  ADD CONSTRAINT movements_kind CHECK
    (kind IN ('grant', 'adjust', 'hold', 'release', 'sell', 'return', 'late_delivery')) NOT VALID,
  ADD CONSTRAINT movements_of_sales CHECK
    ((transaction_id IS NOT NULL) = (kind NOT IN ('grant', 'adjust'))) NOT VALID;

-- Who wants a sale to be reversed, and what was decided. One that was reversed at once has one too.
CREATE TABLE reversal_requests (
  id uuid PRIMARY KEY,
  distributor_id uuid NOT NULL,
  transaction_id uuid NOT NULL,
  origin text NOT NULL CHECK (origin IN ('operator', 'distributor', 'supplier')),
  reason text NOT NULL,
  justification text NOT NULL,
  requested_by text NOT NULL,
  at timestamptz NOT NULL,
  status text NOT NULL CHECK (status IN ('open', 'approved', 'declined')),
  decided_by text,
  decision_justification text,
  decided_at timestamptz,
  CHECK ((decided_at IS NULL) = (status = 'open'))
);
CREATE INDEX reversal_requests_in_time ON reversal_requests (distributor_id, id);
CREATE UNIQUE INDEX reversal_requests_open ON reversal_requests (distributor_id, transaction_id) WHERE status = 'open';

-- How transactions that have ended stand: as they were resolved, unless more has become known since. `change` has what that
-- is, and how they stood before.
CREATE VIEW outcomes AS
SELECT r.distributor_id, r.transaction_id,
       CASE WHEN v.at IS NOT NULL THEN 'ko' WHEN l.booked_at IS NOT NULL THEN 'ok' ELSE r.status END AS status,
       CASE WHEN v.at IS NOT NULL THEN 'reversed' WHEN l.booked_at IS NULL THEN r.reason END AS reason,
       CASE WHEN v.at IS NULL AND l.booked_at IS NULL THEN r.message END AS message,
       coalesce(l.supplier_reference, r.supplier_reference) AS supplier_reference,
       CASE WHEN l.at IS NULL THEN r.cost ELSE l.cost END AS cost,
       CASE WHEN l.at IS NULL THEN r.cost_currency ELSE l.cost_currency END AS cost_currency,
       CASE WHEN l.at IS NULL THEN r.product_id ELSE l.product_id END AS product_id,
       CASE WHEN l.at IS NULL THEN r.attempt ELSE l.attempt END AS attempt,
       coalesce(v.at, l.booked_at, l.at, r.at) AS at,
       CASE WHEN v.at IS NOT NULL OR l.at IS NOT NULL THEN jsonb_build_object(
         'resolved', jsonb_build_object('status', r.status, 'reason', r.reason, 'message', r.message, 'at', r.at),
         'reversal', CASE WHEN v.at IS NOT NULL THEN jsonb_build_object('reason', v.reason, 'at', v.at) END,
         'late_delivery', CASE WHEN l.at IS NOT NULL THEN jsonb_build_object('at', l.at, 'booked_at', l.booked_at) END
       ) END AS change
FROM resolutions r
LEFT JOIN late_deliveries l ON l.distributor_id = r.distributor_id AND l.transaction_id = r.transaction_id
LEFT JOIN reversals v ON v.distributor_id = r.distributor_id AND v.transaction_id = r.transaction_id;

-- By how much the counts of sales_hourly, which tell how orders were resolved, differ from how they stand.
CREATE VIEW outcome_changes AS
SELECT distributor_id, offer_id, transaction_id, ordered_at,
       1 AS ok, CASE was WHEN 'ko' THEN -1 ELSE 0 END AS ko, CASE was WHEN 'expired' THEN -1 ELSE 0 END AS expired
FROM late_deliveries WHERE booked_at IS NOT NULL
UNION ALL
SELECT distributor_id, offer_id, transaction_id, ordered_at, -1, 1, 0 FROM reversals;
