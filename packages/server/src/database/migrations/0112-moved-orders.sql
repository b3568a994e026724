-- Orders of a day (UTC) that is over and that came to their end by another product than the offer's own: what of sales_daily is
-- taken from the supplier of the offer's own product to another one. Written with sales_daily, and read where that is settled.
CREATE TABLE moved_daily (
  distributor_id uuid NOT NULL,
  day timestamptz NOT NULL,
  offer_id uuid NOT NULL,
  product_id uuid NOT NULL,
  orders bigint NOT NULL,
  ok bigint NOT NULL,
  ko bigint NOT NULL,
  expired bigint NOT NULL,
  value_minor bigint NOT NULL,
  PRIMARY KEY (distributor_id, day, offer_id, product_id)
);
-- Those of the days that are added up already.
INSERT INTO moved_daily (distributor_id, day, offer_id, product_id, orders, ok, ko, expired, value_minor)
SELECT t.distributor_id, date_trunc('day', t.created_at, 'UTC') AS day, t.offer_id, r.product_id, count(*),
       count(*) FILTER (WHERE r.status = 'ok'), count(*) FILTER (WHERE r.status = 'ko'),
       count(*) FILTER (WHERE r.status = 'expired'),
       coalesce(sum(v.resell_value_minor) FILTER (WHERE r.status = 'ok'), 0)
FROM delivery_attempts a
JOIN resolutions r ON r.distributor_id = a.distributor_id AND r.transaction_id = a.transaction_id
  AND r.product_id = a.product_id AND coalesce(r.attempt, 1) = a.number
JOIN transactions t ON t.distributor_id = a.distributor_id AND t.id = a.transaction_id
JOIN offer_versions v ON v.distributor_id = t.distributor_id AND v.offer_id = t.offer_id AND v.version = t.offer_version
GROUP BY 1, 2, 3, 4;
