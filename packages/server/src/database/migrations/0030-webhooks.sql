-- Endpoints that are told what happens.
CREATE TABLE webhooks (
  distributor_id uuid NOT NULL REFERENCES distributors,
  id uuid NOT NULL,
  url text NOT NULL,
  -- Types of events; none: all.
  events text[] NOT NULL,
  -- Sealed. After a rotation, what is sent is signed with the secret before too, for a while.
  secret text NOT NULL,
  old_secret text,
  old_secret_until timestamptz,
  -- `deleted`: waits until its deliveries are removed.
  status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'paused', 'deleted')),
  pause_reason text CHECK (pause_reason IN ('asked', 'gone', 'failing')),
  created_at timestamptz NOT NULL,
  -- The last event that was taken up; all later ones are still to be sent. At first, what was complete when the endpoint
  -- was made: what commits after it is told, though its database transaction began before.
  turn bigint NOT NULL DEFAULT event_turn(pg_snapshot_xmin(pg_current_snapshot())),
  event_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  -- Rounds in a row in which nothing could be delivered, and since when; until then it is left alone.
  failures integer NOT NULL DEFAULT 0,
  failing_since timestamptz,
  rest_until timestamptz,
  -- The process that sends to it. A process that dies keeps others off until then.
  leased_by uuid,
  leased_until timestamptz,
  PRIMARY KEY (distributor_id, id)
);

-- How events fared at endpoints. A row is written once an event was sent, or has to wait.
CREATE TABLE deliveries (
  distributor_id uuid NOT NULL,
  webhook_id uuid NOT NULL,
  event_id uuid NOT NULL,
  turn bigint NOT NULL,
  -- Its events are sent one after the other. Null for all other events.
  transaction_id uuid,
  status text NOT NULL CHECK (status IN ('pending', 'delivered', 'dead')),
  -- Since it was last asked for.
  attempts integer NOT NULL,
  next_at timestamptz CHECK ((next_at IS NOT NULL) = (status = 'pending')),
  first_at timestamptz,
  last_at timestamptz,
  duration_ms integer,
  response_status integer,
  response_text text,
  error text,
  PRIMARY KEY (distributor_id, webhook_id, event_id)
);
CREATE INDEX deliveries_due ON deliveries (distributor_id, webhook_id, next_at) WHERE status = 'pending';
CREATE INDEX deliveries_waiting ON deliveries (distributor_id, webhook_id, transaction_id) WHERE status = 'pending';
CREATE INDEX deliveries_dead ON deliveries (distributor_id, webhook_id, event_id) WHERE status = 'dead';
