-- eSIMs that were delivered. What installs and unlocks one is sealed: its key is not in this database. A row comes
-- before the transaction is settled; until then, and without that, it counts for nothing but as proof of delivery.
CREATE TABLE esims (
  distributor_id uuid NOT NULL,
  transaction_id uuid NOT NULL,
  -- The whole profile, as JSON, sealed.
  sealed text NOT NULL,
  supplier_reference text,
  kyc_level integer NOT NULL,
  kyc_url text NOT NULL,
  -- Null where nobody has to be identified.
  kyc_deadline timestamptz,
  identified_at timestamptz,
  reminders integer NOT NULL DEFAULT 0,
  reminded_at timestamptz,
  at timestamptz NOT NULL,
  PRIMARY KEY (distributor_id, transaction_id)
);
-- Most urgent first: those not identified, by deadline.
CREATE INDEX esims_to_identify ON esims (distributor_id, (identified_at IS NOT NULL), kyc_deadline, transaction_id)
  WHERE kyc_deadline IS NOT NULL;
-- The operator names the transaction alone.
CREATE INDEX esims_by_transaction ON esims (transaction_id);
