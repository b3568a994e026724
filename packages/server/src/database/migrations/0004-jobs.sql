-- When work that one process does for all was last taken up.
CREATE TABLE job_turns (
  name text PRIMARY KEY,
  taken_at timestamptz NOT NULL
);
