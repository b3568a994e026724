import { SUPPORT } from '../access/role-groups.ts';
import { operation } from '../operation.ts';
import { list, ofOperator } from '../operation-parts.ts';
import { SHEET_TYPES } from '../sheet-forms.ts';
import { AuditEntry, AuditQuery } from './audit.ts';

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
    description:
      'As CSV with `Accept: text/csv` (for Excel with `for=excel`), or as an Excel workbook with its media type: then all ' +
      'that the filters let through, unless a `limit` is given.',
    query: AuditQuery,
    answers: { 200: { ...list('A page of the audit trail', AuditEntry)[200], also: SHEET_TYPES } },
  }),
} as const;
