import Type from 'typebox';
import { SUPPORT } from '../access/role-groups.ts';
import { operation } from '../operation.ts';
import { DistributorPage, list, ofOperator } from '../operation-parts.ts';
import { AuditEntry } from './audit.ts';

/** Operations that read the audit. */
export const OPERATOR_AUDIT_OPERATIONS = {
  listAuditEntries: operation({
    id: 'listAuditEntries',
    method: 'GET',
    path: '/admin/v1/audit',
    tag: 'Audit',
    summary: 'Who changed what, newest first',
    ...ofOperator,
    roles: SUPPORT,
    query: Type.Object({
      ...DistributorPage.properties,
      action: Type.Optional(Type.String({ maxLength: 64 })),
      subject: Type.Optional(Type.String({ maxLength: 255 })),
    }),
    answers: list('A page of the audit trail', AuditEntry),
  }),
} as const;
