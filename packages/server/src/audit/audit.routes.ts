import { OPERATOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import type { AppOptions } from '../app-options.ts';
import { serve } from '../http/serve.ts';
import { listAuditEntries } from './audit.query.ts';
import { wireAuditEntry } from './audit.wire.ts';

/** Serves who changed what. */
export async function auditRoute(app: FastifyInstance, { db }: AppOptions): Promise<void> {
  serve(app, OPERATOR_OPERATIONS.listAuditEntries, async ({ query: { offset, limit, ...filter } }) =>
    (await listAuditEntries(db, { offset, limit }, filter)).map(wireAuditEntry),
  );
}
