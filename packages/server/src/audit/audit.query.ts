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
  /** As it is kept, or the e-mail address of an account. */
  actor?: string;
  from?: Date;
  before?: Date;
  /** Only what is older than this entry. */
  olderThan?: string;
}

/** Lists a page of the audit trail, newest first. */
export function listAuditEntries(
  on: Query,
  { offset, limit }: Page,
  { distributor, action, subject, actor, from, before, olderThan }: AuditFilter,
): Promise<AuditRow[]> {
  const params: (string | number | Date)[] = [limit, offset];
  const where: string[] = [];
  const add = (condition: string, value: string | Date | undefined): void => {
    if (value !== undefined) where.push(condition.replaceAll('?', `$${params.push(value)}`));
  };
  add('e.distributor_id = ?', distributor);
  add('e.action = ?', action);
  add('e.subject = ?', subject);
  add('(e.actor = ?::text OR lower(a.email) = lower(?::text))', actor);
  add('e.at >= ?', from);
  add('e.at < ?', before);
  add('e.id < ?', olderThan);
  return on.query<AuditRow>(
    `SELECT e.id, e.at, e.actor, e.action, e.subject, e.distributor_id, e.details, a.email AS actor_email
     FROM audit e LEFT JOIN accounts a ON e.actor = 'account ' || a.id::text
     ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} ORDER BY e.id DESC LIMIT $1 OFFSET $2`,
    params,
  );
}

/** So much is read at once. */
const CHUNK = 1_000;

/** Yields all that a filter lets through, newest first, some at a time. */
export async function* eachAuditEntry(
  on: Query,
  { offset, limit = Number.POSITIVE_INFINITY }: { offset: number; limit?: number | undefined },
  filter: AuditFilter,
): AsyncGenerator<AuditRow> {
  let [rows, left] = [await listAuditEntries(on, { offset, limit: Math.min(CHUNK, limit) }, filter), limit];
  for (;;) {
    yield* rows;
    left -= rows.length;
    const last = rows.at(-1);
    if (!last || rows.length < CHUNK || left <= 0) return;
    rows = await listAuditEntries(on, { offset: 0, limit: Math.min(CHUNK, left) }, { ...filter, olderThan: last.id });
  }
}
