-- The tables of the plain server.

CREATE TABLE distributors (
  id uuid PRIMARY KEY,
  client_id text NOT NULL UNIQUE,
  secret_sha256 text NOT NULL
);

CREATE TABLE suppliers (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  country text NOT NULL
);

CREATE TABLE products (
  id uuid PRIMARY KEY,
  supplier_id uuid NOT NULL REFERENCES suppliers,
  name text NOT NULL,
  transaction_type text NOT NULL,
  currency text NOT NULL,
  bonus_value_minor bigint NOT NULL
);

CREATE TABLE offers (
  id uuid PRIMARY KEY,
  distributor_id uuid NOT NULL REFERENCES distributors,
  product_id uuid NOT NULL REFERENCES products,
  name text NOT NULL,
  resell_value_minor bigint NOT NULL
);

-- Rows that are updated all the time: with room beside them, no index is touched.
CREATE TABLE buckets (
  offer_id uuid PRIMARY KEY,
  available bigint NOT NULL CHECK (available >= 0),
  held bigint NOT NULL DEFAULT 0 CHECK (held >= 0),
  sold bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 50);

CREATE TABLE transactions (
  id uuid PRIMARY KEY,
  distributor_id uuid NOT NULL,
  offer_id uuid NOT NULL,
  msisdn text NOT NULL,
  user_id text,
  voucher_id text,
  idempotency_key text,
  status text NOT NULL,
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX transactions_by_distributor ON transactions (distributor_id, created_at);
CREATE UNIQUE INDEX transactions_by_key ON transactions (distributor_id, idempotency_key)
  WHERE idempotency_key IS NOT NULL;

CREATE TABLE movements (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  offer_id uuid NOT NULL,
  transaction_id uuid NOT NULL,
  kind text NOT NULL,
  units bigint NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX movements_by_offer ON movements (offer_id, id);

CREATE TABLE events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  transaction_id uuid NOT NULL,
  kind text NOT NULL,
  at timestamptz NOT NULL
);
