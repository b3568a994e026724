-- When what its connector is told was changed last: of orders before that, another account may be asked now.
ALTER TABLE suppliers ADD COLUMN access_since timestamptz;
