-- When the last message to a chat was given up, and why, though its address may be right.
ALTER TABLE alerts
  ADD COLUMN chat_failed_at timestamptz,
  ADD COLUMN chat_failure_cause text;
