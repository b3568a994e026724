-- Parked orders of all distributors, newest first.
CREATE INDEX parked_orders_newest ON parked_orders (id);
