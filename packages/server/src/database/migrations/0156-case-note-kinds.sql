-- A note that the server makes by itself says so by its kind instead of in English.
ALTER TABLE reconciliation_notes ADD COLUMN kind text CHECK (kind = 'reversal_requested');
UPDATE reconciliation_notes SET kind = 'reversal_requested', text = substr(text, length('reversal requested: ') + 1)
WHERE text LIKE 'reversal requested: %';
