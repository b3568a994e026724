import { type Credential, wireDate } from '@opentopup/contract';
import type { CredentialRow } from './credentials.query.ts';

export function wireCredential(row: CredentialRow): Credential {
  const { created_at, rotated_at, old_secret_until, revoked_at, ...rest } = row;
  return {
    ...rest,
    creation_date: wireDate(created_at),
    ...(rotated_at && { rotation_date: wireDate(rotated_at) }),
    ...(old_secret_until && { old_secret_expiration_date: wireDate(old_secret_until) }),
    ...(revoked_at && { revocation_date: wireDate(revoked_at) }),
  };
}
