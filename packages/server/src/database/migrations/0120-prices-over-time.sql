-- What suppliers have charged, and what currencies were worth, each since when: so that a replay of past sales knows the prices
-- of then, and no later ones. Written by triggers, so that processes of the version before write it too.
CREATE TABLE supplier_price_versions (
  supplier_id uuid NOT NULL,
  supplier_reference text NOT NULL,
  since timestamptz NOT NULL,
  currency text NOT NULL,
  cost numeric NOT NULL,
  is_range boolean NOT NULL,
  is_withdrawn boolean NOT NULL,
  PRIMARY KEY (supplier_id, supplier_reference, since)
);
CREATE TABLE exchange_rate_versions (
  currency text NOT NULL,
  since timestamptz NOT NULL,
  per_euro numeric NOT NULL,
  PRIMARY KEY (currency, since)
);

-- What stands since the same instant is the same version: nothing is written of it.
CREATE FUNCTION keep_price_versions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO supplier_price_versions AS v
    (supplier_id, supplier_reference, since, currency, cost, is_range, is_withdrawn)
  SELECT supplier_id, supplier_reference, changed_at, currency, cost, is_range, withdrawn_at IS NOT NULL FROM changed
  ON CONFLICT (supplier_id, supplier_reference, since) DO UPDATE
    SET currency = excluded.currency, cost = excluded.cost, is_range = excluded.is_range,
        is_withdrawn = excluded.is_withdrawn
    WHERE (v.currency, v.cost, v.is_range, v.is_withdrawn)
      IS DISTINCT FROM (excluded.currency, excluded.cost, excluded.is_range, excluded.is_withdrawn);
  RETURN NULL;
END $$;
CREATE TRIGGER keep_inserted AFTER INSERT ON supplier_catalogue REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION keep_price_versions();
CREATE TRIGGER keep_updated AFTER UPDATE ON supplier_catalogue REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION keep_price_versions();

CREATE FUNCTION keep_rate_versions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO exchange_rate_versions AS v (currency, since, per_euro)
  SELECT currency, changed_at, per_euro FROM changed
  ON CONFLICT (currency, since) DO UPDATE SET per_euro = excluded.per_euro WHERE v.per_euro <> excluded.per_euro;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_inserted AFTER INSERT ON exchange_rates REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION keep_rate_versions();
CREATE TRIGGER keep_updated AFTER UPDATE ON exchange_rates REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION keep_rate_versions();

-- What stands now, since it does.
INSERT INTO supplier_price_versions (supplier_id, supplier_reference, since, currency, cost, is_range, is_withdrawn)
SELECT supplier_id, supplier_reference, changed_at, currency, cost, is_range, withdrawn_at IS NOT NULL
FROM supplier_catalogue;
INSERT INTO exchange_rate_versions (currency, since, per_euro) SELECT currency, changed_at, per_euro FROM exchange_rates;
