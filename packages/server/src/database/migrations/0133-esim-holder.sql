-- Who reads what installs an eSIM: the distributor alone, with its private key; or this server too, for the people of the
-- distributor. Sales know it from memory, like all of a distributor.
ALTER TABLE distributors ADD COLUMN esim_holder text NOT NULL DEFAULT 'distributor'
  CHECK (esim_holder IN ('distributor', 'server'));
-- The same of one eSIM, for good: who it was when that was delivered. Null: the distributor.
ALTER TABLE esims ADD COLUMN holder text CHECK (holder IN ('distributor', 'server'));
