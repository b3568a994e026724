-- Links by which somebody without an account sees the story of a sale. Of the address only a digest is kept.
CREATE TABLE dispute_links (
  distributor_id uuid NOT NULL,
  id uuid NOT NULL,
  transaction_id uuid NOT NULL,
  token_digest bytea NOT NULL UNIQUE,
  -- Those of the operator show what was said to suppliers.
  of_operator boolean NOT NULL,
  created_by text NOT NULL,
  at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz,
  PRIMARY KEY (distributor_id, id)
);
CREATE INDEX dispute_links_of_sale ON dispute_links (distributor_id, transaction_id, id);
CREATE UNIQUE INDEX dispute_links_by_id ON dispute_links (id);
