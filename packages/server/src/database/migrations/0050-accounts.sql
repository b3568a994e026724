-- People who sign in: of the operator, or of one distributor.
CREATE TABLE accounts (
  id uuid PRIMARY KEY,
  -- In small letters.
  email text NOT NULL UNIQUE,
  distributor_id uuid REFERENCES distributors,
  role text NOT NULL CHECK (role IN ('operator_admin', 'operator_support', 'distributor_admin', 'seller', 'viewer')),
  -- The password's scrypt hash, with salt and cost; null until the invitation was accepted.
  password_hash text,
  -- Secret of the second factor, sealed; the one that is not confirmed yet stands apart.
  factor_sealed text,
  factor_draft_sealed text,
  -- Number of the time step whose code was taken last: no code counts twice.
  factor_step bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL,
  signed_in_at timestamptz,
  CHECK ((distributor_id IS NULL) = (role IN ('operator_admin', 'operator_support')))
);
CREATE INDEX accounts_by_distributor ON accounts (distributor_id, id);

-- Secrets below are random, of 80 bits (recovery codes) or 256: a plain SHA-256 of them cannot be searched.
CREATE TABLE recovery_codes (
  account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
  code_sha256 text NOT NULL,
  PRIMARY KEY (account_id, code_sha256)
);

CREATE TABLE sessions (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
  secret_sha256 text NOT NULL UNIQUE,
  address text NOT NULL,
  agent text NOT NULL,
  created_at timestamptz NOT NULL,
  -- To the minute.
  seen_at timestamptz NOT NULL,
  ended_at timestamptz
);
CREATE INDEX sessions_by_account ON sessions (account_id, id);

-- One-time links, by which a password is set. Without an account: the link that makes the operator's first one.
CREATE TABLE account_links (
  secret_sha256 text PRIMARY KEY,
  account_id uuid UNIQUE REFERENCES accounts ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  -- Null: never. Then it counts until it is used, or replaced.
  expires_at timestamptz
);

-- How often something that may be guessed was tried since.
CREATE TABLE attempts (
  key text PRIMARY KEY,
  count integer NOT NULL,
  since timestamptz NOT NULL
);

-- Whose sandbox a sandbox distributor is.
ALTER TABLE distributors ADD COLUMN sandbox_of uuid UNIQUE REFERENCES distributors;
ALTER TABLE distributors ADD CHECK (sandbox_of IS NULL OR world = 'sandbox');
