-- What suppliers hand over with recharges: a text, or a PIN that the customer types in. Sealed as an eSIM's profile is: its key
-- is not in this database. Only sales that bring one have a row; it comes before the transaction is settled, and counts for
-- nothing until then.
CREATE TABLE receipts (
  distributor_id uuid NOT NULL,
  transaction_id uuid NOT NULL,
  -- As JSON; null once it is forgotten.
  sealed text,
  has_pin boolean NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (distributor_id, transaction_id)
);
