-- The keys that sign documents: one signs, the others have signed. The public half is kept for ever, the private one sealed
-- and only as long as it signs.
CREATE TABLE document_keys (
  kid text PRIMARY KEY,
  -- 32 bytes, base64url.
  x text NOT NULL,
  sealed text,
  created_at timestamptz NOT NULL,
  retired_at timestamptz,
  CHECK ((sealed IS NULL) = (retired_at IS NOT NULL))
);
CREATE UNIQUE INDEX document_keys_signing ON document_keys ((true)) WHERE retired_at IS NULL;
CREATE TRIGGER kept BEFORE DELETE OR TRUNCATE ON document_keys
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
