-- Suppliers that had not told all that they may have delivered when sales were opened again, by name.
ALTER TABLE recoveries ADD COLUMN not_covered text[] NOT NULL DEFAULT '{}';
