-- A distributor may withdraw its order of units as long as nobody has decided; `decided_by` is who has done so then.
ALTER TABLE refill_orders DROP CONSTRAINT refill_orders_status_check;
ALTER TABLE refill_orders ADD CONSTRAINT refill_orders_status_check
  CHECK (status IN ('open', 'granted', 'declined', 'withdrawn'));
