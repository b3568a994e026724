-- eSIMs that were delivered. What installs and unlocks one is sealed: its key is not in this database.
CREATE TABLE esims (
  distributor_id uuid NOT NULL,
  transaction_id uuid NOT NULL,
  -- The whole profile, as JSON, sealed.
  sealed text NOT NULL,
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
CREATE INDEX esims_to_identify ON esims (distributor_id, kyc_deadline, transaction_id)
  WHERE kyc_deadline IS NOT NULL AND identified_at IS NULL;
