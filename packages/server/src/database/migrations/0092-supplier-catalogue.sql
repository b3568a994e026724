-- What each supplier lists and charges, as its catalogue was read last. Nothing of it is removed: what is not listed any
-- more says so.
CREATE TABLE supplier_catalogue (
  supplier_id uuid NOT NULL REFERENCES suppliers,
  supplier_reference text NOT NULL,
  name text NOT NULL,
  currency text NOT NULL,
  -- In the main unit: a supplier may charge fractions of the minor one.
  cost numeric NOT NULL,
  changed_at timestamptz NOT NULL,
  withdrawn_at timestamptz,
  PRIMARY KEY (supplier_id, supplier_reference)
);
-- A sale knows from memory what it may cost.
CREATE TRIGGER count_change AFTER INSERT OR UPDATE OR DELETE ON supplier_catalogue
  FOR EACH STATEMENT EXECUTE FUNCTION count_catalogue_change();

-- How the catalogue of each supplier was read.
CREATE TABLE supplier_readings (
  supplier_id uuid PRIMARY KEY REFERENCES suppliers,
  -- When somebody last set about reading it: whoever writes this has it to do.
  asked_at timestamptz,
  -- When the last whole reading began; null: none yet.
  read_at timestamptz,
  -- How many products that reading lacked without their being taken for withdrawn.
  missing integer NOT NULL DEFAULT 0,
  -- Since when it cannot be read, and why.
  failed_at timestamptz,
  cause text
);

ALTER TABLE suppliers ADD COLUMN on_catalogue_change text NOT NULL DEFAULT 'stop_at_loss'
  CHECK (on_catalogue_change IN ('tell', 'stop', 'stop_at_loss'));

-- Why an offer is not sold, though its product may be; null: it is sold.
ALTER TABLE offers ADD COLUMN stopped text CHECK (stopped IN ('price_changed', 'withdrawn'));

-- What the supplier has charged for a sale, where it has told.
ALTER TABLE resolutions ADD COLUMN cost numeric, ADD COLUMN cost_currency text;
-- The same of an eSIM that is kept before its sale is settled.
ALTER TABLE esims ADD COLUMN cost numeric, ADD COLUMN cost_currency text;

CREATE INDEX products_by_supplier_reference ON products (supplier_id, supplier_reference);
CREATE INDEX offers_by_product ON offers (product_id);
