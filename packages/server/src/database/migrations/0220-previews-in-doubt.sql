-- Previews that were confirmed, and of which nothing is known since: their process may have died.
CREATE INDEX sale_previews_unsettled ON sale_previews (confirmed_at)
  WHERE confirmed_at IS NOT NULL AND transaction_id IS NULL AND refusal IS NULL;
-- Previews that wait for a person.
CREATE INDEX sale_previews_undecided ON sale_previews (distributor_id, expires_at) WHERE is_released IS NULL;
