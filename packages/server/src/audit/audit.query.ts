import type { Page } from '@opentopup/contract';
import type { Query } from '../database/database.ts';

export interface AuditRow {
  id: string;
  at: Date;
  actor: string;
  action: string;
  subject: string;
  distributor_id: string | null;
  details: Record<string, unknown>;
  /** Of the account that did it, while there is one. */
  actor_email: string | null;
}

export interface AuditFilter {
  distributor?: string;
  action?: string;
  subject?: string;
}

/** Lists a page of the audit trail, newest first. */
export function listAuditEntries(
  on: Query,
  { offset, limit }: Page,
  { distributor, action, subject }: AuditFilter,
): Promise<AuditRow[]> {
  const params: (string | number)[] = [limit, offset];
  const where: string[] = [];
  const add = (column: string, value: string | undefined): void => {
    if (value !== undefined) where.push(`e.${column} = $${params.push(value)}`);
  };
  add('distributor_id', distributor);
  add('action', action);
  add('subject', subject);
  return on.query<AuditRow>(
    `SELECT e.id, e.at, e.actor, e.action, e.subject, e.distributor_id, e.details, a.email AS actor_email
     FROM audit e LEFT JOIN accounts a ON e.actor = 'account ' || a.id::text
     ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} ORDER BY e.id DESC LIMIT $1 OFFSET $2`,
    params,
  );
}
