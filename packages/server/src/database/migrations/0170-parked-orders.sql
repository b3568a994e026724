-- Orders that wait for a unit of an offer that is sold out. They hold nothing; sold, each becomes a transaction of its own.
CREATE TABLE parked_orders (
  distributor_id uuid NOT NULL,
  id uuid NOT NULL,
  offer_id uuid NOT NULL,
  -- The offer as it was when the order came: at what it was told to be sold.
  offer_version integer NOT NULL,
  -- The most that it may cost when it is sold, in the main unit of the offer's currency.
  max_price double precision NOT NULL,
  line text,
  user_id text,
  voucher_id text,
  allow_repeat boolean NOT NULL,
  check_network boolean NOT NULL,
  -- How the end customer is to be told; forgotten once that is done.
  notify jsonb,
  -- The idempotency key that it came with, for how long that counts after the end, as long as it is kept.
  key text,
  key_life_s integer,
  at timestamptz NOT NULL,
  park_until timestamptz NOT NULL,
  status text NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'sold', 'refused', 'cancelled')),
  ended_at timestamptz,
  transaction_id uuid,
  reason text,
  details jsonb,
  PRIMARY KEY (distributor_id, id),
  CHECK ((ended_at IS NULL) = (status = 'waiting')),
  CHECK ((transaction_id IS NULL) = (status <> 'sold')),
  CHECK ((reason IS NULL) = (status IN ('waiting', 'sold')))
);
CREATE INDEX parked_orders_waiting ON parked_orders (distributor_id, offer_id, id) WHERE status = 'waiting';
CREATE INDEX parked_orders_due ON parked_orders (park_until) WHERE status = 'waiting';
CREATE INDEX parked_orders_keys ON parked_orders (ended_at) WHERE key IS NOT NULL;
CREATE INDEX parked_orders_lines ON parked_orders (ended_at) WHERE line <> 'forgotten';

-- How many orders wait for a unit of a bucket: so many units are not for orders that come later.
ALTER TABLE buckets ADD COLUMN parked integer NOT NULL DEFAULT 0 CHECK (parked >= 0);
CREATE INDEX buckets_parked ON buckets (distributor_id, offer_id) WHERE parked > 0;

-- Who sells what waits for an offer, one process at a time.
CREATE TABLE parking_leases (
  distributor_id uuid NOT NULL,
  offer_id uuid NOT NULL,
  leased_until timestamptz NOT NULL,
  PRIMARY KEY (distributor_id, offer_id)
);
