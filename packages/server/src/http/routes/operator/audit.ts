import { OPERATOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { listAuditEntries } from '../../../store/queries/operator/audit.ts';
import type { AppOptions } from '../../app-options.ts';
import { serve } from '../../serve.ts';
import { wireAuditEntry } from '../../wire-audit.ts';

/** Who changed what. */
export async function auditRoute(app: FastifyInstance, { db }: AppOptions): Promise<void> {
  serve(app, OPERATOR_OPERATIONS.listAuditEntries, async ({ query: { offset, limit, ...filter } }) =>
    (await listAuditEntries(db, { offset, limit }, filter)).map(wireAuditEntry),
  );
}
