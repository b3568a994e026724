-- Our books compared with those of suppliers. `from_day` and `to_day` are days of the business time zone; what lies outside of
-- the time that is compared is only there to find the other half of what lies inside.
CREATE TABLE reconciliations (
  id uuid PRIMARY KEY,
  supplier_id uuid NOT NULL REFERENCES suppliers,
  source text NOT NULL CHECK (source IN ('list', 'file')),
  file_name text,
  -- SHA-256 of the file; the file itself is not kept.
  file_digest text,
  from_day date NOT NULL,
  to_day date NOT NULL,
  time_zone text NOT NULL,
  status text NOT NULL CHECK (status IN ('running', 'done', 'failed')),
  cause text,
  requested_by text NOT NULL,
  begun_at timestamptz NOT NULL,
  -- The process that runs it says again and again that it is alive.
  alive_at timestamptz NOT NULL,
  ended_at timestamptz,
  compared_from timestamptz NOT NULL,
  compared_before timestamptz NOT NULL,
  ours integer NOT NULL DEFAULT 0,
  theirs integer NOT NULL DEFAULT 0,
  by_reference integer NOT NULL DEFAULT 0,
  by_supplier_reference integer NOT NULL DEFAULT 0,
  by_line integer NOT NULL DEFAULT 0,
  open integer NOT NULL DEFAULT 0,
  differences integer NOT NULL DEFAULT 0,
  new_cases integer NOT NULL DEFAULT 0,
  CHECK ((ended_at IS NULL) = (status = 'running'))
);
-- One at a time of a supplier; and a file that was taken is known again.
CREATE UNIQUE INDEX reconciliations_running ON reconciliations (supplier_id) WHERE status = 'running';
CREATE UNIQUE INDEX reconciliations_by_file ON reconciliations (supplier_id, file_digest)
  WHERE file_digest IS NOT NULL AND status <> 'failed';
CREATE INDEX reconciliations_of_supplier ON reconciliations (supplier_id, id);

-- What was delivered on a day, here and there; the costs are amounts by currency.
CREATE TABLE reconciliation_days (
  reconciliation_id uuid NOT NULL REFERENCES reconciliations,
  day date NOT NULL,
  ours integer NOT NULL,
  ours_cost jsonb NOT NULL,
  theirs integer NOT NULL,
  theirs_cost jsonb NOT NULL,
  agreed integer NOT NULL,
  open integer NOT NULL,
  differences integer NOT NULL,
  PRIMARY KEY (reconciliation_id, day)
);

-- Differences, each once: `name` is what it is called on either side, `facts` what differs. No numbers of customers.
CREATE TABLE reconciliation_cases (
  id uuid PRIMARY KEY,
  supplier_id uuid NOT NULL REFERENCES suppliers,
  kind text NOT NULL,
  name text NOT NULL,
  facts text NOT NULL,
  distributor_id uuid,
  transaction_id uuid,
  attempt integer,
  masked_line text,
  confidence text NOT NULL CHECK (confidence IN ('certain', 'likely', 'possible')),
  ours jsonb,
  theirs jsonb,
  at timestamptz NOT NULL,
  found_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  -- The reconciliation that has found it last.
  reconciliation_id uuid NOT NULL REFERENCES reconciliations,
  gone_at timestamptz,
  owner text,
  status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'closed')),
  -- Somebody is about to end it, since then.
  ending_at timestamptz,
  end_kind text,
  end_justification text,
  ended_by text,
  ended_at timestamptz,
  CHECK ((ended_at IS NULL) = (status = 'open')),
  UNIQUE (supplier_id, kind, name, facts)
);
CREATE INDEX reconciliation_cases_by_run ON reconciliation_cases (reconciliation_id);
CREATE INDEX reconciliation_cases_of_sale ON reconciliation_cases (transaction_id) WHERE transaction_id IS NOT NULL;
CREATE INDEX reconciliation_cases_open ON reconciliation_cases (supplier_id, at) WHERE status = 'open';

CREATE TABLE reconciliation_notes (
  case_id uuid NOT NULL REFERENCES reconciliation_cases,
  id uuid NOT NULL,
  at timestamptz NOT NULL,
  author text NOT NULL,
  text text NOT NULL,
  PRIMARY KEY (case_id, id)
);

-- Both sides while they are compared, with the numbers of customers: emptied at the end, whatever it is. A crash of the database
-- may empty them too, and then the reconciliation begins again.
CREATE UNLOGGED TABLE reconciliation_theirs (
  reconciliation_id uuid NOT NULL,
  ordinal integer NOT NULL,
  supplier_reference text,
  reference text,
  -- What our reference names; null where it is none of ours.
  transaction_id uuid,
  attempt integer,
  line text,
  -- By which lines are compared: their last digits.
  digits text,
  value numeric,
  value_currency text,
  cost numeric,
  cost_currency text,
  state text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (reconciliation_id, ordinal)
);
CREATE UNLOGGED TABLE reconciliation_ours (
  reconciliation_id uuid NOT NULL,
  distributor_id uuid NOT NULL,
  transaction_id uuid NOT NULL,
  attempt integer NOT NULL,
  supplier_reference text,
  line text,
  digits text,
  value numeric,
  value_currency text,
  cost numeric,
  cost_currency text,
  state text NOT NULL,
  -- Another attempt has delivered the order.
  is_elsewhere boolean NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (reconciliation_id, transaction_id, attempt)
);
CREATE UNLOGGED TABLE reconciliation_pairs (
  reconciliation_id uuid NOT NULL,
  ordinal integer NOT NULL,
  transaction_id uuid NOT NULL,
  attempt integer NOT NULL,
  matched_by text NOT NULL,
  confidence text NOT NULL,
  PRIMARY KEY (reconciliation_id, ordinal)
);
CREATE INDEX reconciliation_pairs_ours ON reconciliation_pairs (reconciliation_id, transaction_id, attempt);
-- What differs, before it becomes cases.
CREATE UNLOGGED TABLE reconciliation_found (
  reconciliation_id uuid NOT NULL,
  n bigint NOT NULL,
  found jsonb NOT NULL,
  PRIMARY KEY (reconciliation_id, n)
);
