import { OPERATOR_OPERATIONS } from '@opentopup/contract';
import { type SheetColumn, writeSheet } from '@opentopup/sheets';
import type { FastifyInstance } from 'fastify';
import type { AppOptions } from '../app-options.ts';
import { sendSheet, sheetFormOf } from '../http/answer-sheet.ts';
import { anySpan } from '../http/dates.ts';
import { serve } from '../http/serve.ts';
import { nearestOfPeriod } from '../values/instants.ts';
import { type AuditRow, eachAuditEntry, listAuditEntries } from './audit.query.ts';
import { wireAuditEntry } from './audit.wire.ts';

/** How many entries a page has where the request does not say. */
const PAGE_SIZE = 100;

const COLUMNS: readonly SheetColumn<AuditRow>[] = [
  { title: 'date', of: (row) => wireAuditEntry(row).date, kind: 'date' },
  { title: 'actor', of: ({ actor }) => actor },
  { title: 'actor_email', of: ({ actor_email }) => actor_email ?? undefined },
  { title: 'action', of: ({ action }) => action },
  { title: 'subject', of: ({ subject }) => subject },
  { title: 'distributor_id', of: ({ distributor_id }) => distributor_id ?? undefined },
  { title: 'details', of: ({ details }) => JSON.stringify(details) },
  { title: 'id', of: ({ id }) => id },
];

/** Serves who changed what. */
export async function auditRoute(app: FastifyInstance, { db, reports }: AppOptions): Promise<void> {
  serve(app, OPERATOR_OPERATIONS.listAuditEntries, async ({ query }, request, reply) => {
    const { offset, limit, for: reader, startDate, endDate, ...named } = query;
    const form = sheetFormOf(request, reader, 'audit');
    const filter = {
      ...named,
      ...(startDate !== undefined && { from: nearestOfPeriod(anySpan(startDate, 'startDate').from) }),
      ...(endDate !== undefined && { before: nearestOfPeriod(anySpan(endDate, 'endDate').before) }),
    };
    if (form) {
      const sheet = writeSheet(eachAuditEntry(reports, { offset, limit }, filter), COLUMNS, form);
      return sendSheet(reply, sheet, form, 'audit');
    }
    return (await listAuditEntries(db, { offset, limit: limit ?? PAGE_SIZE }, filter)).map(wireAuditEntry);
  });
}
