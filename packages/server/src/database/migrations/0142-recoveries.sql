-- After a restore: as long as one is open, nothing is sold live, because the keys of what was sold since the backup are lost too.
CREATE TABLE recoveries (
  id uuid PRIMARY KEY,
  -- When the backup was made that was restored.
  since timestamptz NOT NULL,
  begun_by text NOT NULL,
  begun_at timestamptz NOT NULL,
  ended_by text,
  justification text,
  ended_at timestamptz
);
CREATE UNIQUE INDEX recoveries_open ON recoveries ((true)) WHERE ended_at IS NULL;
-- A sale reads it from memory.
CREATE TRIGGER count_change AFTER INSERT OR UPDATE OR DELETE ON recoveries
  FOR EACH STATEMENT EXECUTE FUNCTION count_catalogue_change();

-- What the supplier calls what it has delivered.
ALTER TABLE reconciliation_theirs ADD COLUMN product text;
-- The line of a sale that is unknown here, until the case is closed: it is booked with it.
ALTER TABLE reconciliation_cases ADD COLUMN line text;
