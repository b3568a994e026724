-- For pgbench: the hold of the plain server and nothing else.
BEGIN;
UPDATE buckets SET available = available - 1, held = held + 1 WHERE offer_id = :offer AND available > 0
  RETURNING available;
INSERT INTO transactions (id, distributor_id, offer_id, msisdn, status, created_at, changed_at)
  VALUES (uuidv7(), :distributor, :offer, '+33684587587', 'pending', now(), now()) RETURNING id \gset
INSERT INTO movements (offer_id, transaction_id, kind, units, at) VALUES (:offer, :id, 'hold', 1, now());
INSERT INTO events (transaction_id, kind, at) VALUES (:id, 'transaction.created', now());
COMMIT;
