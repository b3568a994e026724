-- How the columns of a supplier's files are meant.
CREATE TABLE books_mappings (
  supplier_id uuid PRIMARY KEY REFERENCES suppliers,
  mapping jsonb NOT NULL,
  set_at timestamptz NOT NULL
);
