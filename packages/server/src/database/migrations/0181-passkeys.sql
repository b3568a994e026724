-- Passkeys by which accounts sign in (Web Authentication). What is kept of them signs nobody in.
CREATE TABLE passkeys (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
  -- As the device calls it, base64url.
  credential_id text NOT NULL UNIQUE,
  public_key text NOT NULL,
  -- How often the device says it has signed; 0 where it does not count. It only grows, unless there are two of it.
  counter bigint NOT NULL,
  transports text[] NOT NULL,
  is_synced boolean NOT NULL,
  name text NOT NULL,
  created_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX passkeys_by_account ON passkeys (account_id, id);

-- What a device is to sign, once; without an account: to sign in.
CREATE TABLE passkey_challenges (
  challenge text PRIMARY KEY,
  account_id uuid REFERENCES accounts ON DELETE CASCADE,
  expires_at timestamptz NOT NULL
);
