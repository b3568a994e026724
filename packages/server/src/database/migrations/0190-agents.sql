-- Agents: clients that sell within caps, and only what was previewed and released.
CREATE TABLE agents (
  client_id text PRIMARY KEY REFERENCES credentials (client_id),
  distributor_id uuid NOT NULL REFERENCES distributors (id),
  offers uuid[] NOT NULL,
  units_per_hour integer NOT NULL CHECK (units_per_hour >= 0),
  units_per_day integer NOT NULL CHECK (units_per_day >= 0),
  line_units_per_day integer NOT NULL CHECK (line_units_per_day >= 0),
  amount_per_day_minor bigint NOT NULL CHECK (amount_per_day_minor >= 0),
  currency text NOT NULL,
  -- Sales up to this price need no person; null: each does.
  released_up_to_minor bigint CHECK (released_up_to_minor >= 0)
);
CREATE INDEX agents_of_distributor ON agents (distributor_id);

-- What they want to sell. Of the token only a digest is kept. What was confirmed and not refused counts towards the caps.
CREATE TABLE sale_previews (
  distributor_id uuid NOT NULL,
  id uuid NOT NULL,
  client_id text NOT NULL REFERENCES agents (client_id),
  offer_id uuid NOT NULL,
  line text NOT NULL,
  line_kind text NOT NULL CHECK (line_kind IN ('msisdn', 'simId')),
  price_minor bigint NOT NULL,
  currency text NOT NULL,
  units_after bigint NOT NULL,
  token_sha256 text NOT NULL,
  at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  decided_by text,
  is_released boolean,
  confirmed_at timestamptz,
  transaction_id uuid,
  -- Why it was not sold.
  refusal text,
  PRIMARY KEY (distributor_id, id),
  FOREIGN KEY (distributor_id, offer_id) REFERENCES offers (distributor_id, id),
  CHECK ((decided_by IS NULL) = (is_released IS NULL))
);
CREATE INDEX sale_previews_of_agent ON sale_previews (client_id, id);
CREATE INDEX sale_previews_counted ON sale_previews (client_id, confirmed_at)
  WHERE confirmed_at IS NOT NULL AND refusal IS NULL;
