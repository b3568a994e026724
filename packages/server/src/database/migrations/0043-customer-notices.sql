-- What end customers want to be told of a sale once it has come to its end. Written before the unit is held, removed once
-- the notice is on its way.
CREATE TABLE customer_notices (
  distributor_id uuid NOT NULL,
  transaction_id uuid NOT NULL,
  email text,
  sms boolean NOT NULL,
  language text NOT NULL,
  asked_at timestamptz NOT NULL,
  PRIMARY KEY (distributor_id, transaction_id)
);
CREATE INDEX customer_notices_by_time ON customer_notices (asked_at);
