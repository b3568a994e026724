-- Who takes care of a sale without an outcome, so that two people do not ask the supplier about the same one. Whoever has no
-- account any more takes care of none.
CREATE TABLE sale_claims (
  distributor_id uuid NOT NULL,
  transaction_id uuid NOT NULL,
  owner text NOT NULL,
  -- Null: the owner has none.
  account_id uuid REFERENCES accounts ON DELETE CASCADE,
  at timestamptz NOT NULL,
  PRIMARY KEY (distributor_id, transaction_id)
);
CREATE INDEX sale_claims_of_account ON sale_claims (account_id);
