-- Which supplier a call was made to, or came from: its page shows its last calls. Null for calls of before.
ALTER TABLE supplier_exchanges ADD COLUMN supplier_id uuid;
CREATE INDEX supplier_exchanges_by_supplier ON supplier_exchanges (supplier_id, id) WHERE supplier_id IS NOT NULL;
