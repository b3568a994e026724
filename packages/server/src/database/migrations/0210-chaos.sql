-- What the programs of a sandbox meet because somebody has asked for it, until it ends by itself.
CREATE TABLE chaos (
  client_id text PRIMARY KEY REFERENCES credentials,
  distributor_id uuid NOT NULL,
  effects jsonb NOT NULL,
  delay_ms integer NOT NULL,
  seed bigint NOT NULL,
  ends_at timestamptz NOT NULL,
  -- How many orders and events have come since: which of them meets what follows from that and the seed.
  orders bigint NOT NULL DEFAULT 0,
  events bigint NOT NULL DEFAULT 0
);
-- What it did, and what asked for it.
CREATE TABLE chaos_effects (
  distributor_id uuid NOT NULL,
  id uuid NOT NULL,
  at timestamptz NOT NULL,
  client_id text,
  effect text NOT NULL,
  cause text NOT NULL,
  number bigint,
  request_id uuid,
  transaction_id uuid,
  event_id uuid,
  PRIMARY KEY (distributor_id, id)
);
ALTER TABLE requests ADD COLUMN chaos text;
