-- What a product made of a listing would be, as its supplier tells it; null where an earlier version has read it.
ALTER TABLE supplier_catalogue ADD COLUMN listed jsonb;
-- True where the cost is that of each main unit of what the line gets.
ALTER TABLE supplier_catalogue ADD COLUMN is_range boolean NOT NULL DEFAULT false;

-- A listing becomes a product only when it is chosen: until then no sale reads it from memory, and none has to forget.
DROP TRIGGER count_change ON supplier_catalogue;
CREATE FUNCTION count_listing_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM changed c JOIN products p
             ON p.supplier_id = c.supplier_id AND p.supplier_reference = c.supplier_reference) THEN
    UPDATE catalogue_version SET version = version + 1;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER count_insert AFTER INSERT ON supplier_catalogue REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_listing_change();
CREATE TRIGGER count_update AFTER UPDATE ON supplier_catalogue REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_listing_change();
CREATE TRIGGER count_delete AFTER DELETE ON supplier_catalogue REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION count_listing_change();

-- Catalogues while they are read: only a whole one is compared with what there was.
CREATE TABLE supplier_listings (
  supplier_id uuid NOT NULL REFERENCES suppliers,
  began_at timestamptz NOT NULL,
  supplier_reference text NOT NULL,
  name text NOT NULL,
  currency text NOT NULL,
  cost numeric NOT NULL,
  is_range boolean NOT NULL,
  listed jsonb NOT NULL,
  PRIMARY KEY (supplier_id, began_at, supplier_reference)
);

-- How much of a catalogue has come that is being read; null: none is.
ALTER TABLE supplier_readings ADD COLUMN coming integer;
