-- A chat that an alert writes to, by an incoming webhook: whoever has its address can post, so it is sealed. While processes
-- of the version before still run, they may drop what is to be written to a chat.
ALTER TABLE alerts
  ADD COLUMN chat_url text,
  -- As it is shown.
  ADD COLUMN chat_address text,
  ADD COLUMN chat_language text,
  -- When the address was found dead, and why.
  ADD COLUMN chat_stopped_at timestamptz,
  ADD COLUMN chat_stop_cause text,
  ADD CONSTRAINT alerts_chat_whole CHECK ((chat_url IS NULL) = (chat_address IS NULL) AND (chat_url IS NULL) = (chat_language IS NULL));

ALTER TABLE notices DROP CONSTRAINT notices_channel_check;
ALTER TABLE notices ADD CONSTRAINT notices_channel_check CHECK (channel IN ('email', 'sms', 'chat'));
