import { type AuditEntry, wireDate } from '@opentopup/contract';
import type { AuditRow } from './audit.query.ts';

export const wireAuditEntry = ({ at, distributor_id, actor_email, ...row }: AuditRow): AuditEntry => ({
  ...row,
  ...(actor_email !== null && { actor_email }),
  date: wireDate(at),
  ...(distributor_id !== null && { distributor_id }),
});
