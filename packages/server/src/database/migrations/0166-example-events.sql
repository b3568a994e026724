-- Whoever writes a program that is told of events has examples of them made, in the sandbox. Of one about a transaction,
-- `data` is what it tells: there is no transaction.
ALTER TABLE events ADD COLUMN example boolean NOT NULL DEFAULT false;
