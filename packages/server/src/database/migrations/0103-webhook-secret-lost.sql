-- An endpoint whose secret was sealed under another key can be signed for by nobody: it is paused, and says so.
ALTER TABLE webhooks DROP CONSTRAINT webhooks_pause_reason_check;
ALTER TABLE webhooks ADD CONSTRAINT webhooks_pause_reason_check
  CHECK (pause_reason IN ('asked', 'gone', 'failing', 'secret_lost'));
