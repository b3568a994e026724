-- Whose network numbers are in, as suppliers have told it: for a limited time, and by a digest of the number.
CREATE TABLE number_lookups (
  supplier_id uuid NOT NULL REFERENCES suppliers,
  world text NOT NULL,
  number_digest text NOT NULL,
  networks jsonb NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (supplier_id, world, number_digest)
);
CREATE INDEX number_lookups_by_age ON number_lookups (at);

-- How many numbers each distributor has had asked for on a day, and what that has cost, by currency.
CREATE TABLE number_lookup_days (
  distributor_id uuid NOT NULL REFERENCES distributors,
  day date NOT NULL,
  asked integer NOT NULL,
  -- In the main unit: {"EUR": 0.05}.
  costs jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (distributor_id, day)
);
