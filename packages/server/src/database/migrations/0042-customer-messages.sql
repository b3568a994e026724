-- What a distributor tells its end customers in its own words. Sales know it from memory, like the catalogue.
CREATE TABLE customer_messages (
  distributor_id uuid NOT NULL REFERENCES distributors,
  outcome text NOT NULL,
  language text NOT NULL,
  text text NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (distributor_id, outcome, language)
);
CREATE TRIGGER count_change AFTER INSERT OR UPDATE OR DELETE ON customer_messages
  FOR EACH STATEMENT EXECUTE FUNCTION count_catalogue_change();
