-- The money that lies at each supplier, as it was read last.
CREATE TABLE supplier_balances (
  supplier_id uuid PRIMARY KEY REFERENCES suppliers,
  -- When somebody last set about reading it: whoever writes this has it to do.
  asked_at timestamptz,
  read_at timestamptz,
  -- In the main unit: a supplier may count fractions of the minor one.
  available numeric,
  held numeric,
  currency text,
  -- Since when it is below the threshold; null: it is not.
  low_since timestamptz,
  -- Since when it cannot be read, and why.
  failed_at timestamptz,
  cause text
);
-- In the currency of its balance. Null: nobody wants to be told.
ALTER TABLE suppliers ADD COLUMN balance_threshold numeric CHECK (balance_threshold >= 0);
