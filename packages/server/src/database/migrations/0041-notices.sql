-- What is to be sent to people, by e-mail or SMS. A row is removed once its sending has come to an end.
CREATE TABLE notices (
  distributor_id uuid NOT NULL,
  id uuid NOT NULL,
  channel text NOT NULL CHECK (channel IN ('email', 'sms')),
  recipient text NOT NULL,
  subject text NOT NULL,
  body text NOT NULL,
  -- True for what is rather not sent at all than twice.
  once boolean NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  next_at timestamptz NOT NULL,
  -- A process that sends it keeps others off until then, also when it dies.
  leased_until timestamptz,
  PRIMARY KEY (distributor_id, id)
);
CREATE INDEX notices_due ON notices (next_at);
