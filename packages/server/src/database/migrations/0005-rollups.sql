-- How many orders of an offer there were in each hour (UTC) of their making, and how they ended; the rest is pending.
-- Written by the statements that hold and settle them, so that counting needs no scan.
CREATE TABLE sales_hourly (
  distributor_id uuid NOT NULL,
  offer_id uuid NOT NULL,
  hour timestamptz NOT NULL,
  created bigint NOT NULL DEFAULT 0,
  ok bigint NOT NULL DEFAULT 0,
  ko bigint NOT NULL DEFAULT 0,
  expired bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (distributor_id, offer_id, hour)
) WITH (fillfactor = 50);
