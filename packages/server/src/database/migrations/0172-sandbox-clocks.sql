-- A sandbox may have its clock put forward. Moments are kept as they really were; what comes due is compared with its clock.
ALTER TABLE distributors ADD COLUMN clock_ahead_s bigint NOT NULL DEFAULT 0
  CHECK (clock_ahead_s >= 0 AND (clock_ahead_s = 0 OR world = 'sandbox'));
-- Each time that was done: what its clock said at a moment follows from that.
CREATE TABLE clock_moves (
  distributor_id uuid NOT NULL,
  at timestamptz NOT NULL,
  ahead_s bigint NOT NULL,
  PRIMARY KEY (distributor_id, ahead_s)
);
-- How far such a sandbox has forgotten whom its sales were for: the others have that in common (`forgotten`).
CREATE TABLE clock_retention (
  distributor_id uuid PRIMARY KEY,
  up_to_id uuid NOT NULL
);
