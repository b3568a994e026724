-- What a supplier of many countries and networks has to be told of a product, and a line that is recharged has to be.
ALTER TABLE products
  -- What its connector needs beyond the supplier's own name for it.
  ADD COLUMN settings jsonb NOT NULL DEFAULT '{}',
  -- Of which country a number has to be; null: that of the supplier.
  ADD COLUMN line_country text,
  -- The network that it recharges, by the supplier's own id; null where that is not known.
  ADD COLUMN network_id text,
  ADD COLUMN network_name text,
  -- What the line gets, where that is another currency than what is charged.
  ADD COLUMN denomination_minor bigint CHECK (denomination_minor >= 0),
  ADD COLUMN denomination_currency text,
  ADD CHECK ((network_id IS NULL) = (network_name IS NULL)),
  ADD CHECK ((denomination_minor IS NULL) = (denomination_currency IS NULL));
