-- What a distributor's month came to, frozen. A statement is cut by the numbers of movements: it begins where the one before was
-- cut, so no movement is in two of them, or in none.

-- `content` is canonical JSON, and `hash` its SHA-256; it names the hash of the statement before, and where each bucket was cut.
-- `signature`, over the content too, is by the key `kid`.
CREATE TABLE statements (
  distributor_id uuid NOT NULL,
  number integer NOT NULL CHECK (number > 0),
  id uuid NOT NULL UNIQUE,
  from_at timestamptz NOT NULL,
  before_at timestamptz NOT NULL CHECK (before_at > from_at),
  first_day date NOT NULL,
  last_day date NOT NULL,
  content text NOT NULL,
  hash bytea NOT NULL,
  kid text NOT NULL,
  signature text NOT NULL,
  closed_by text NOT NULL,
  closed_at timestamptz NOT NULL,
  PRIMARY KEY (distributor_id, number)
);
CREATE INDEX statements_in_time ON statements (closed_at);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON statements
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();

-- Where each bucket was cut, and how it stood there: the next statement opens with that.
CREATE TABLE statement_cuts (
  distributor_id uuid NOT NULL,
  number integer NOT NULL,
  offer_id uuid NOT NULL,
  seq bigint NOT NULL,
  head bytea NOT NULL,
  available bigint NOT NULL,
  held bigint NOT NULL,
  PRIMARY KEY (distributor_id, offer_id, number)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON statement_cuts
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();

-- Statements that are being closed: of each distributor one at a time. A process that has taken one in hand keeps others off
-- until `leased_until`, also when it dies; then it is begun again.
CREATE TABLE statement_closings (
  distributor_id uuid PRIMARY KEY,
  id uuid NOT NULL UNIQUE,
  from_at timestamptz NOT NULL,
  before_at timestamptz NOT NULL,
  time_zone text NOT NULL,
  requested_by text NOT NULL,
  at timestamptz NOT NULL,
  -- How many movements there are to be read, and how many were.
  movements bigint,
  done bigint NOT NULL DEFAULT 0,
  leased_until timestamptz
);

-- What a distributor wants of its statements. Without a time zone of its own, that of the operator counts.
CREATE TABLE statement_settings (
  distributor_id uuid PRIMARY KEY,
  time_zone text,
  emails text[] NOT NULL DEFAULT '{}'
);

-- The VAT of a product, since when, in percent; a null says that there is none. `is_included`: the resell value has it in it.
-- A sale keeps the rate of its order.
CREATE TABLE vat_rates (
  product_id uuid NOT NULL,
  since timestamptz NOT NULL,
  rate numeric CHECK (rate >= 0 AND rate <= 100),
  is_included boolean NOT NULL,
  set_by text NOT NULL,
  PRIMARY KEY (product_id, since)
);

-- The head of a bucket after further movements: each of `hashes` are those of the movements that hang on one link, in order.
CREATE FUNCTION next_head(state bytea, start bytea, hashes bytea) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
  'SELECT sha256(coalesce(state, start) || hashes)';
CREATE AGGREGATE head_after(start bytea, hashes bytea) (sfunc = next_head, stype = bytea);
