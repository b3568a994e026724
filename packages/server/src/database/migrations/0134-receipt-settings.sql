-- What the receipts of a distributor say and on what they are printed, as it was sent; a distributor without a row has set nothing.
CREATE TABLE receipt_settings (
  distributor_id uuid PRIMARY KEY REFERENCES distributors,
  settings jsonb NOT NULL,
  updated_at timestamptz NOT NULL
);
-- How often a receipt was sent to its customer.
CREATE TABLE receipt_notices (
  distributor_id uuid NOT NULL,
  transaction_id uuid NOT NULL,
  sent integer NOT NULL,
  PRIMARY KEY (distributor_id, transaction_id)
);
