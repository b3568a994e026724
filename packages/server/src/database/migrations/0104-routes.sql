-- Several products that may deliver what an offer sells. A route is never changed: another one takes its place.
CREATE TABLE routes (
  distributor_id uuid NOT NULL,
  id uuid NOT NULL,
  offer_id uuid NOT NULL,
  strategy text NOT NULL CHECK (strategy IN ('order', 'weight', 'cheapest')),
  -- Whether it may cost more than the offer brings.
  sell_below_cost boolean NOT NULL,
  -- How long all attempts of an order may take; null: as long as one supplier may.
  deadline_ms integer CHECK (deadline_ms > 0),
  created_at timestamptz NOT NULL,
  PRIMARY KEY (distributor_id, id)
);
CREATE TABLE route_products (
  distributor_id uuid NOT NULL,
  route_id uuid NOT NULL,
  place integer NOT NULL CHECK (place > 0),
  product_id uuid NOT NULL REFERENCES products,
  weight integer NOT NULL DEFAULT 1 CHECK (weight > 0),
  PRIMARY KEY (distributor_id, route_id, place),
  UNIQUE (distributor_id, route_id, product_id)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON routes
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON route_products
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();

-- Null: the offer's own product alone. The version that a sale names tells the route that the sale had.
ALTER TABLE offers ADD COLUMN route_id uuid;
ALTER TABLE offer_versions ADD COLUMN route_id uuid;
CREATE OR REPLACE FUNCTION keep_offer_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO offer_versions (distributor_id, offer_id, version, name, resell_value_minor, fees, fees_type, since,
                              route_id)
  VALUES (NEW.distributor_id, NEW.id, NEW.version, NEW.name, NEW.resell_value_minor, NEW.fees, NEW.fees_type,
          NEW.updated_at, NEW.route_id);
  RETURN NULL;
END $$;

-- Attempts to deliver an order, each written before it is sent. The first has no row while it goes to the offer's own
-- product and no other follows. Nobody begins an attempt behind a row without a product: whoever ends an order from
-- outside writes that first. So of one who goes on and one who ends it, the key lets one have its way.
CREATE TABLE delivery_attempts (
  distributor_id uuid NOT NULL,
  transaction_id uuid NOT NULL,
  number integer NOT NULL CHECK (number > 0),
  product_id uuid,
  begun_at timestamptz NOT NULL,
  -- Proof that it has delivered nothing, written by the one that follows.
  reason text,
  message text,
  ended_at timestamptz,
  PRIMARY KEY (distributor_id, transaction_id, number)
);

-- Which product has delivered, or has refused last; null: the offer's own. And in which attempt; null: the first.
ALTER TABLE resolutions ADD COLUMN product_id uuid, ADD COLUMN attempt integer;

-- Of which attempt a mark or a call is.
ALTER TABLE sendings ADD COLUMN attempt integer NOT NULL DEFAULT 1;
ALTER TABLE sendings DROP CONSTRAINT sendings_pkey;
ALTER TABLE sendings ADD PRIMARY KEY (distributor_id, transaction_id, attempt);
ALTER TABLE supplier_exchanges ADD COLUMN attempt integer NOT NULL DEFAULT 1;
