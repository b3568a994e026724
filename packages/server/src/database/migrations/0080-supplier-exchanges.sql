-- What was sent to suppliers for a transaction, and what came back, call by call. It is written some time after the call,
-- as well as it can be: nothing rests on it. What was said is sealed, for it names lines.
CREATE TABLE supplier_exchanges (
  distributor_id uuid NOT NULL,
  transaction_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('recharge', 'lookup', 'callback')),
  at timestamptz NOT NULL,
  duration_ms integer NOT NULL,
  method text NOT NULL,
  -- Null where no answer came; then `failure` says why.
  status integer,
  failure text,
  -- Address and bodies, as JSON, sealed; null where there is no key to seal them with.
  sealed text,
  PRIMARY KEY (distributor_id, transaction_id, id)
);
-- Ids of transactions carry their time: what is old is removed in their order.
CREATE INDEX supplier_exchanges_by_transaction ON supplier_exchanges (transaction_id);
