-- Providers at which the people of a business sign in (OpenID Connect), one for each; of the operator without a distributor.
CREATE TABLE sign_on_providers (
  id uuid PRIMARY KEY,
  distributor_id uuid REFERENCES distributors,
  -- With it people say of which business they are; made up once.
  code text NOT NULL UNIQUE,
  issuer text NOT NULL,
  client_id text NOT NULL,
  client_secret_sealed text NOT NULL,
  scope text NOT NULL,
  role_claim text NOT NULL,
  -- [{value, role}]: the first that fits counts.
  roles jsonb NOT NULL,
  is_only boolean NOT NULL,
  changed_at timestamptz NOT NULL,
  UNIQUE NULLS NOT DISTINCT (distributor_id)
);

-- Who somebody is there. A person may be of several businesses at one provider, and has one account at each.
CREATE TABLE sign_on_identities (
  account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
  distributor_id uuid REFERENCES distributors,
  issuer text NOT NULL,
  subject text NOT NULL,
  PRIMARY KEY (account_id, issuer),
  UNIQUE NULLS NOT DISTINCT (issuer, subject, distributor_id)
);

-- Where to sign out at the provider where the session began; sealed, because it holds who it is.
ALTER TABLE sessions ADD COLUMN sign_out_sealed text;
