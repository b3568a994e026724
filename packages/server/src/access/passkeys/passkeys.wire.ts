import { type Passkey, wireDate } from '@opentopup/contract';
import type { PasskeyRow } from './passkeys.query.ts';

export const wirePasskey = ({ id, name, is_synced, created_at, used_at }: PasskeyRow): Passkey => ({
  id,
  name,
  synced: is_synced,
  creation_date: wireDate(created_at),
  ...(used_at && { last_use_date: wireDate(used_at) }),
});
