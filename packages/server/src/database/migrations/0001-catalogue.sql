-- Who sells what, from which supplier: the rows that change rarely.

CREATE TABLE distributors (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  -- A sandbox distributor sells through the simulator only. All that is its own is keyed by it, so the two worlds
  -- never meet.
  world text NOT NULL DEFAULT 'live' CHECK (world IN ('live', 'sandbox')),
  status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended')),
  -- What it has chosen for its own sales; null is off.
  line_units_per_day integer CHECK (line_units_per_day > 0),
  user_units_per_hour integer CHECK (user_units_per_hour > 0),
  repeat_guard_minutes integer CHECK (repeat_guard_minutes > 0),
  implicit_key_seconds integer CHECK (implicit_key_seconds > 0),
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Secrets are 256 random bits, so a plain SHA-256 of them cannot be searched.
CREATE TABLE credentials (
  client_id text PRIMARY KEY,
  distributor_id uuid NOT NULL REFERENCES distributors,
  name text NOT NULL DEFAULT '',
  secret_sha256 text NOT NULL,
  -- After a rotation the secret before works on for a while.
  old_secret_sha256 text,
  old_secret_until timestamptz,
  requests_per_minute integer NOT NULL CHECK (requests_per_minute > 0),
  created_at timestamptz NOT NULL DEFAULT now(),
  rotated_at timestamptz,
  revoked_at timestamptz
);
CREATE INDEX credentials_by_distributor ON credentials (distributor_id, client_id);

-- The key under which activation codes are encrypted for a distributor, as PEM.
CREATE TABLE distributor_keys (
  distributor_id uuid PRIMARY KEY REFERENCES distributors,
  public_key text NOT NULL,
  set_at timestamptz NOT NULL
);

CREATE TABLE suppliers (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  status text NOT NULL DEFAULT 'approved' CHECK (status IN ('approved', 'revoked', 'pending')),
  -- ISO 3166-1 alpha-2: whose numbers it recharges.
  country text NOT NULL,
  -- Null: no connector yet, nothing can be sold.
  connector text,
  -- What its connector is told: settings in clear, secrets sealed.
  settings jsonb NOT NULL DEFAULT '{}',
  secrets jsonb NOT NULL DEFAULT '{}',
  -- How long it may take to answer, where that is less than any other may; null: as long as those.
  deadline_ms integer CHECK (deadline_ms > 0),
  -- Most calls of it that one process has open.
  max_concurrent integer NOT NULL CHECK (max_concurrent > 0),
  created_at timestamptz NOT NULL DEFAULT now()
);

-- The last time each supplier did not answer. Without an end, it goes on.
CREATE TABLE supplier_outages (
  supplier_id uuid PRIMARY KEY REFERENCES suppliers,
  began_at timestamptz NOT NULL,
  ended_at timestamptz,
  cause text NOT NULL
);

CREATE TABLE products (
  id uuid PRIMARY KEY,
  supplier_id uuid NOT NULL REFERENCES suppliers,
  name text NOT NULL,
  type text NOT NULL CHECK (type IN ('topup', 'eSim', 'simCard')),
  transaction_type text NOT NULL,
  -- Null for what recharges no line.
  line_kind text CHECK (line_kind IN ('msisdn', 'simId')),
  status text NOT NULL DEFAULT 'available',
  coverage_zone text[] NOT NULL DEFAULT '{}',
  tags text[] NOT NULL DEFAULT '{}',
  currency text NOT NULL,
  bonus_value_minor bigint NOT NULL DEFAULT 0 CHECK (bonus_value_minor >= 0),
  -- The supplier's own name for it.
  supplier_reference text,
  metadata jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK ((line_kind IS NULL) = (type = 'eSim'))
);

CREATE TABLE offers (
  distributor_id uuid NOT NULL REFERENCES distributors,
  id uuid NOT NULL,
  product_id uuid NOT NULL REFERENCES products,
  name text NOT NULL,
  resell_value_minor bigint NOT NULL CHECK (resell_value_minor >= 0),
  -- The distributor's fee: minor units, or percent.
  fees numeric NOT NULL DEFAULT 0 CHECK (fees >= 0),
  fees_type text NOT NULL DEFAULT 'value' CHECK (fees_type IN ('percent', 'value')),
  tags text[] NOT NULL DEFAULT '{}',
  -- The distributor's own free data; null until it is set.
  metadata jsonb,
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

-- Counts the changes of all that a sale reads from memory: a hold made with an older count is made anew.
CREATE TABLE catalogue_version (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  version bigint NOT NULL
);
INSERT INTO catalogue_version (version) VALUES (1);
CREATE FUNCTION count_catalogue_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE catalogue_version SET version = version + 1;
  RETURN NULL;
END $$;
CREATE TRIGGER count_change AFTER INSERT OR UPDATE OR DELETE ON distributors
  FOR EACH STATEMENT EXECUTE FUNCTION count_catalogue_change();
CREATE TRIGGER count_change AFTER INSERT OR UPDATE OR DELETE ON distributor_keys
  FOR EACH STATEMENT EXECUTE FUNCTION count_catalogue_change();
CREATE TRIGGER count_change AFTER INSERT OR UPDATE OR DELETE ON suppliers
  FOR EACH STATEMENT EXECUTE FUNCTION count_catalogue_change();
CREATE TRIGGER count_change AFTER INSERT OR UPDATE OR DELETE ON products
  FOR EACH STATEMENT EXECUTE FUNCTION count_catalogue_change();
CREATE TRIGGER count_change AFTER INSERT OR UPDATE OR DELETE ON offers
  FOR EACH STATEMENT EXECUTE FUNCTION count_catalogue_change();

-- What one euro and one US dollar are worth, as far as is known.
CREATE TABLE exchange_rates (
  currency text PRIMARY KEY,
  per_euro numeric NOT NULL CHECK (per_euro > 0),
  per_us_dollar numeric NOT NULL CHECK (per_us_dollar > 0),
  changed_at timestamptz NOT NULL
);

-- The one key that signs access tokens.
CREATE TABLE signing_keys (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  id text NOT NULL,
  secret text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- The database itself refuses to rewrite history.
CREATE FUNCTION refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

-- Who changed what, and how it was.
CREATE TABLE audit (
  id uuid PRIMARY KEY,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  action text NOT NULL,
  subject text NOT NULL,
  distributor_id uuid,
  details jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_by_subject ON audit (subject, id);
CREATE INDEX audit_by_distributor ON audit (distributor_id, id) WHERE distributor_id IS NOT NULL;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
