-- What keeps a sale as cheap after years as it was on the first day, and what forgets whom it was for.

-- Each sale writes near the end of every index, because ids grow with time; only lines come in no order. With the day in
-- front of them they are written among those of today, so what a sale touches does not grow with what was sold before.
DROP INDEX transactions_by_line;
CREATE INDEX transactions_by_line
  ON transactions (distributor_id, ((created_at AT TIME ZONE 'UTC')::date), line) WHERE line IS NOT NULL;
