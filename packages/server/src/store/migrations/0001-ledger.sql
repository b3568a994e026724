-- Who sells what, from which supplier.

CREATE TABLE distributors (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Secrets are 256 random bits, so a plain SHA-256 of them cannot be searched.
CREATE TABLE credentials (
  client_id text PRIMARY KEY,
  distributor_id uuid NOT NULL REFERENCES distributors,
  secret_sha256 text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  revoked_at timestamptz
);

CREATE TABLE suppliers (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  status text NOT NULL DEFAULT 'approved' CHECK (status IN ('approved', 'revoked', 'pending')),
  -- ISO 3166-1 alpha-2: whose numbers it recharges.
  country text NOT NULL,
  -- Null: no connector yet, nothing can be sold.
  connector text,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE products (
  id uuid PRIMARY KEY,
  supplier_id uuid NOT NULL REFERENCES suppliers,
  name text NOT NULL,
  type text NOT NULL CHECK (type IN ('topup', 'eSim', 'simCard')),
  transaction_type text NOT NULL,
  line_kind text NOT NULL CHECK (line_kind IN ('msisdn', 'simId')),
  status text NOT NULL DEFAULT 'available',
  coverage_zone text[] NOT NULL DEFAULT '{}',
  tags text[] NOT NULL DEFAULT '{}',
  currency text NOT NULL,
  bonus_value_minor bigint NOT NULL DEFAULT 0,
  metadata jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE offers (
  distributor_id uuid NOT NULL REFERENCES distributors,
  id uuid NOT NULL,
  product_id uuid NOT NULL REFERENCES products,
  name text NOT NULL,
  resell_value_minor bigint NOT NULL CHECK (resell_value_minor >= 0),
  fees numeric NOT NULL DEFAULT 0 CHECK (fees >= 0),
  fees_type text NOT NULL DEFAULT 'value' CHECK (fees_type IN ('percent', 'value')),
  tags text[] NOT NULL DEFAULT '{}',
  metadata jsonb NOT NULL DEFAULT '{}',
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz,
  PRIMARY KEY (distributor_id, id)
);
CREATE UNIQUE INDEX offers_by_id ON offers (id);

-- What an offer was called and cost when a transaction sold it.
CREATE TABLE offer_versions (
  distributor_id uuid NOT NULL,
  offer_id uuid NOT NULL,
  version integer NOT NULL,
  name text NOT NULL,
  resell_value_minor bigint NOT NULL,
  fees numeric NOT NULL,
  fees_type text NOT NULL,
  since timestamptz NOT NULL,
  PRIMARY KEY (distributor_id, offer_id, version)
);

CREATE FUNCTION keep_offer_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO offer_versions (distributor_id, offer_id, version, name, resell_value_minor, fees, fees_type, since)
  VALUES (NEW.distributor_id, NEW.id, NEW.version, NEW.name, NEW.resell_value_minor, NEW.fees, NEW.fees_type,
          NEW.updated_at);
  RETURN NULL;
END $$;
CREATE TRIGGER keep_offer_version AFTER INSERT OR UPDATE OF version ON offers
  FOR EACH ROW EXECUTE FUNCTION keep_offer_version();

-- The ledger. The tables below are written by every sale: each is keyed by distributor first, none has foreign keys,
-- and what happens later is a new row rather than a change of an old one.

-- One offer's stock of units. The counters are what the movements add up to.
CREATE TABLE buckets (
  distributor_id uuid NOT NULL,
  offer_id uuid NOT NULL,
  granted bigint NOT NULL DEFAULT 0,
  available bigint NOT NULL DEFAULT 0 CHECK (available >= 0),
  held bigint NOT NULL DEFAULT 0 CHECK (held >= 0),
  sold bigint NOT NULL DEFAULT 0 CHECK (sold >= 0),
  -- Number of the bucket's last movement.
  seq bigint NOT NULL DEFAULT 0,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (distributor_id, offer_id),
  CHECK (granted = available + held + sold)
) WITH (fillfactor = 50);

CREATE TABLE movements (
  distributor_id uuid NOT NULL,
  offer_id uuid NOT NULL,
  seq bigint NOT NULL,
  kind text NOT NULL CHECK (kind IN ('grant', 'adjust', 'hold', 'release', 'sell')),
  units bigint NOT NULL CHECK (units > 0 OR kind = 'adjust' AND units <> 0),
  transaction_id uuid CHECK ((transaction_id IS NOT NULL) = (kind IN ('hold', 'release', 'sell'))),
  at timestamptz NOT NULL,
  reference text,
  justification text,
  PRIMARY KEY (distributor_id, offer_id, seq)
);
-- A grant or adjustment sent twice is booked once.
CREATE UNIQUE INDEX movements_by_reference ON movements (distributor_id, offer_id, reference)
  WHERE reference IS NOT NULL;

-- Written when the unit is held, never changed. `line`: E.164 number or SIM serial.
CREATE TABLE transactions (
  distributor_id uuid NOT NULL,
  id uuid NOT NULL,
  offer_id uuid NOT NULL,
  offer_version integer NOT NULL,
  line text NOT NULL,
  user_id text,
  voucher_id text,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (distributor_id, id)
);
CREATE INDEX transactions_by_user ON transactions (distributor_id, user_id, id) WHERE user_id IS NOT NULL;

-- Final outcome of a transaction. Without one, a transaction is pending.
CREATE TABLE resolutions (
  distributor_id uuid NOT NULL,
  transaction_id uuid NOT NULL,
  status text NOT NULL CHECK (status IN ('ok', 'ko', 'expired')),
  reason text CHECK ((reason IS NOT NULL) = (status <> 'ok')),
  message text,
  supplier_reference text,
  at timestamptz NOT NULL,
  PRIMARY KEY (distributor_id, transaction_id)
);

-- Transactions whose supplier call ended without proof of either outcome.
CREATE TABLE unknown_outcomes (
  distributor_id uuid NOT NULL,
  transaction_id uuid NOT NULL,
  cause text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (distributor_id, transaction_id)
);

CREATE TABLE idempotency_keys (
  distributor_id uuid NOT NULL,
  key text NOT NULL,
  request_sha256 text NOT NULL,
  transaction_id uuid NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (distributor_id, key)
);

-- What happened, in the commit that made it so. `xid` lets a reader stop before transactions still open.
CREATE TABLE events (
  distributor_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  subject_id uuid NOT NULL,
  at timestamptz NOT NULL,
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  PRIMARY KEY (distributor_id, id)
);

-- The database itself refuses to rewrite history.
CREATE FUNCTION refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON movements
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON transactions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON resolutions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();

-- The one key that signs access tokens.
CREATE TABLE signing_keys (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  id text NOT NULL,
  secret text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
