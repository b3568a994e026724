-- Not every operator prints the check digit of a SIM's serial: what becomes of one that does not agree is the supplier's.
ALTER TABLE suppliers ADD COLUMN sim_check_digit text NOT NULL DEFAULT 'refuse'
  CHECK (sim_check_digit IN ('refuse', 'warn', 'off'));
