import type { Page } from '@opentopup/contract';
import type { Query } from '../../database/database.ts';

/** A distributor's client, without its secret. */
export interface CredentialRow {
  client_id: string;
  distributor_id: string;
  name: string;
  requests_per_minute: number;
  created_at: Date;
  rotated_at: Date | null;
  /** Until when the secret before works; null when it does not any more. */
  old_secret_until: Date | null;
  revoked_at: Date | null;
}

export const CREDENTIALS = `
SELECT client_id, distributor_id, name, requests_per_minute, created_at, rotated_at,
       CASE WHEN old_secret_until > now() THEN old_secret_until END AS old_secret_until, revoked_at
FROM credentials`;

/** A page of the clients of these distributors, oldest first. */
export function listCredentials(
  on: Query,
  distributorIds: readonly string[],
  { offset, limit }: Page,
): Promise<CredentialRow[]> {
  return on.query(
    `${CREDENTIALS} WHERE distributor_id = ANY($1::uuid[]) ORDER BY created_at, client_id LIMIT $2 OFFSET $3`,
    [distributorIds, limit, offset],
  );
}
