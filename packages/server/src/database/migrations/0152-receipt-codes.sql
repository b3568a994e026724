-- The codes by which receipts are checked; one for each sale whose receipt was asked for.
CREATE TABLE receipt_codes (
  code text PRIMARY KEY,
  distributor_id uuid NOT NULL,
  transaction_id uuid NOT NULL,
  at timestamptz NOT NULL,
  UNIQUE (distributor_id, transaction_id)
);
