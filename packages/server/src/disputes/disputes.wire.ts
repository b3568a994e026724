import { type DisputeLink, wireDate } from '@opentopup/contract';
import type { DisputeLinkRow } from './dispute-links.query.ts';

export const wireDisputeLink = (row: DisputeLinkRow): DisputeLink => ({
  id: row.id,
  transaction_id: row.transaction_id,
  creation_date: wireDate(row.at),
  created_by: row.created_by,
  expiration_date: wireDate(row.expires_at),
  ...(row.revoked_at && { revocation_date: wireDate(row.revoked_at) }),
});
