-- The key that signs tokens is sealed, where there is something to seal it with: whoever reads the database signs none.
ALTER TABLE signing_keys ADD COLUMN sealed text;
ALTER TABLE signing_keys ALTER COLUMN secret DROP NOT NULL;
ALTER TABLE signing_keys ADD CHECK ((secret IS NULL) <> (sealed IS NULL));
