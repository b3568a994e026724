-- What clients asked and were answered, for those who write them. Bodies are of refusals only, masked and cut off.
CREATE TABLE requests (
  distributor_id uuid NOT NULL,
  id uuid NOT NULL,
  client_id text NOT NULL,
  at timestamptz NOT NULL,
  method text NOT NULL,
  route text NOT NULL,
  path text NOT NULL,
  status integer NOT NULL,
  duration_ms integer NOT NULL,
  reason text,
  field text,
  line_digits integer,
  line_begins text,
  body text,
  transaction_id uuid,
  PRIMARY KEY (distributor_id, id)
);
CREATE INDEX requests_answered ON requests (client_id, id) WHERE reason IS NULL;
CREATE INDEX requests_refused ON requests (client_id, id) WHERE reason IS NOT NULL;
