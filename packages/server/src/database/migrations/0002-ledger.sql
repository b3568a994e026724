-- The ledger. The tables below are written by every sale: each is keyed by distributor first, none has foreign keys,
-- and what happens later is a new row rather than a change of an old one.

-- One offer's stock of units. The counters are what the movements add up to.
CREATE TABLE buckets (
  distributor_id uuid NOT NULL,
  offer_id uuid NOT NULL,
  granted bigint NOT NULL DEFAULT 0,
  available bigint NOT NULL DEFAULT 0 CHECK (available >= 0),
  held bigint NOT NULL DEFAULT 0 CHECK (held >= 0),
  sold bigint NOT NULL DEFAULT 0 CHECK (sold >= 0),
  -- Number of the bucket's last movement, and the hash of all of them.
  seq bigint NOT NULL DEFAULT 0,
  head bytea NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (distributor_id, offer_id),
  CHECK (granted = available + held + sold)
) WITH (fillfactor = 50);

-- The hash with which a new bucket's chain begins.
CREATE FUNCTION begin_chain() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.head := sha256(uuid_send(NEW.distributor_id) || uuid_send(NEW.offer_id));
  RETURN NEW;
END $$;
CREATE TRIGGER begin_chain BEFORE INSERT ON buckets FOR EACH ROW WHEN (NEW.head IS NULL)
  EXECUTE FUNCTION begin_chain();

-- Movements booked by one statement hang on the same link: on the head that the bucket had before them. The head after
-- them is the hash of that head and of their hashes, in order. So a row that was changed or removed is found.
CREATE TABLE movements (
  distributor_id uuid NOT NULL,
  offer_id uuid NOT NULL,
  seq bigint NOT NULL,
  kind text NOT NULL CHECK (kind IN ('grant', 'adjust', 'hold', 'release', 'sell')),
  units bigint NOT NULL CHECK (units > 0 OR kind = 'adjust' AND units <> 0),
  transaction_id uuid CHECK ((transaction_id IS NOT NULL) = (kind IN ('hold', 'release', 'sell'))),
  at timestamptz NOT NULL,
  reference text,
  justification text,
  -- Number of the last movement before those booked by the same statement.
  link bigint NOT NULL CHECK (link < seq),
  hash bytea NOT NULL,
  PRIMARY KEY (distributor_id, offer_id, seq)
);

-- What is hashed of a movement: the head it hangs on, and all that it says. STABLE, as textsend is: else it would not be
-- inlined, and cost three times as much.
CREATE FUNCTION movement_hash(head bytea, seq bigint, kind text, units bigint, transaction_id uuid, at timestamptz,
                              reference text, justification text)
RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT sha256(head || int8send(seq) || textsend(kind) || int8send(units) || coalesce(uuid_send(transaction_id), '') ||
                timestamptz_send(at) || coalesce(textsend(reference), '') || '\x00'::bytea ||
                coalesce(textsend(justification), ''))
$$;
-- A grant or adjustment sent twice is booked once.
CREATE UNIQUE INDEX movements_by_reference ON movements (distributor_id, offer_id, reference)
  WHERE reference IS NOT NULL;

-- Written when the unit is held, never changed. `line`: E.164 number or SIM serial; null for an eSIM.
CREATE TABLE transactions (
  distributor_id uuid NOT NULL,
  id uuid NOT NULL,
  offer_id uuid NOT NULL,
  offer_version integer NOT NULL,
  line text,
  user_id text,
  voucher_id text,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (distributor_id, id)
);
-- Suppliers' callbacks and the operator name no distributor.
CREATE INDEX transactions_by_id ON transactions (id);
CREATE INDEX transactions_by_user ON transactions (distributor_id, user_id, id) WHERE user_id IS NOT NULL;
CREATE INDEX transactions_by_line ON transactions (distributor_id, line, id) WHERE line IS NOT NULL;

-- Final outcome of a transaction. Without one, a transaction is pending.
CREATE TABLE resolutions (
  distributor_id uuid NOT NULL,
  transaction_id uuid NOT NULL,
  status text NOT NULL CHECK (status IN ('ok', 'ko', 'expired')),
  reason text CHECK ((reason IS NOT NULL) = (status <> 'ok')),
  message text,
  supplier_reference text,
  at timestamptz NOT NULL,
  PRIMARY KEY (distributor_id, transaction_id)
);

-- Transactions whose supplier call ended without proof of either outcome, and what is still to be found out about them.
CREATE TABLE unknown_outcomes (
  distributor_id uuid NOT NULL,
  transaction_id uuid NOT NULL,
  cause text NOT NULL,
  at timestamptz NOT NULL,
  -- When the supplier is asked next; null: never, a person decides.
  next_at timestamptz,
  attempts integer NOT NULL DEFAULT 0,
  -- A process that has taken it in hand keeps others off until then, also when it dies.
  leased_until timestamptz,
  PRIMARY KEY (distributor_id, transaction_id)
);
CREATE INDEX unknown_outcomes_due ON unknown_outcomes (next_at);

-- Marks made before a supplier is called, where it cannot tell for certain later what it was sent: `sent` may have been
-- delivered, `withdrawn` is proof that it never will be. Whichever is first stands.
CREATE TABLE sendings (
  distributor_id uuid NOT NULL,
  transaction_id uuid NOT NULL,
  mark text NOT NULL CHECK (mark IN ('sent', 'withdrawn')),
  PRIMARY KEY (distributor_id, transaction_id)
);

-- Everything made before this id is settled, or in unknown_outcomes.
CREATE TABLE orphan_search (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  from_id uuid NOT NULL
);
INSERT INTO orphan_search (from_id) VALUES ('00000000-0000-0000-0000-000000000000');

-- What a person decided about a transaction without proof, and why.
CREATE TABLE decisions (
  distributor_id uuid NOT NULL,
  transaction_id uuid NOT NULL,
  status text NOT NULL CHECK (status IN ('ok', 'ko', 'expired')),
  justification text NOT NULL,
  decided_by text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (distributor_id, transaction_id)
);

-- What was ordered under a key. A key whose time is over may be used again.
CREATE TABLE idempotency_keys (
  distributor_id uuid NOT NULL,
  key text NOT NULL,
  request_sha256 text NOT NULL,
  transaction_id uuid NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (distributor_id, key)
);
CREATE INDEX idempotency_keys_by_expiry ON idempotency_keys (expires_at);

-- The place of a database transaction in the order of events. In a database that was restored into another cluster,
-- whose count of transactions is behind, this function is replaced by one that counts on from the last event.
CREATE FUNCTION event_turn(xact xid8) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT xact::text::bigint + 0';

-- What happened, in the commit that made it so. Ids come in about the order of time, commits in another: only `turn`,
-- and within it the id, is an order that a reader can follow without missing what commits late.
CREATE TABLE events (
  distributor_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  subject_id uuid NOT NULL,
  at timestamptz NOT NULL,
  -- What is told of it. Of a transaction nothing: that does not change any more, and is looked up.
  data jsonb,
  turn bigint NOT NULL DEFAULT event_turn(pg_current_xact_id()),
  PRIMARY KEY (distributor_id, id)
);
CREATE INDEX events_in_turn ON events (distributor_id, turn, id);
-- So that somebody who waits for what is rare need not read all sales.
CREATE INDEX events_but_sales ON events (distributor_id, turn, id) WHERE kind <> 'transaction.completed';

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON movements
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON transactions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON resolutions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON decisions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite();
