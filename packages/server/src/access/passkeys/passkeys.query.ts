import type { Page } from '@opentopup/contract';
import type { Query } from '../../database/database.ts';

export interface PasskeyRow {
  id: string;
  account_id: string;
  /** As the device calls it, base64url. */
  credential_id: string;
  /** COSE, base64url. */
  public_key: string;
  counter: number;
  transports: string[];
  is_synced: boolean;
  name: string;
  created_at: Date;
  used_at: Date | null;
}

const PASSKEYS = `
SELECT id, account_id, credential_id, public_key, counter, transports, is_synced, name, created_at, used_at FROM passkeys`;

/** Lists a page of the passkeys of an account, oldest first. */
export function listPasskeys(on: Query, account_id: string, { offset, limit }: Page): Promise<PasskeyRow[]> {
  return on.query<PasskeyRow>(`${PASSKEYS} WHERE account_id = $1 ORDER BY id LIMIT $2 OFFSET $3`, [
    account_id,
    limit,
    offset,
  ]);
}

/** Finds a passkey by what its device calls it. */
export async function findCredential(on: Query, credential_id: string): Promise<PasskeyRow | null> {
  const [row] = await on.query<PasskeyRow>(`${PASSKEYS} WHERE credential_id = $1`, [credential_id]);
  return row ?? null;
}
