import { OPERATORS, SUPPORT } from '../access/role-groups.ts';
import { operation } from '../operation.ts';
import { answer, list, ofOperator } from '../operation-parts.ts';
import { Page } from '../service.ts';
import { DocumentKeyEntry } from './signing.ts';

/** The keys that sign documents, as the operator sees them. */
export const OPERATOR_SIGNING_OPERATIONS = {
  listDocumentKeys: operation({
    id: 'listDocumentKeys',
    method: 'GET',
    path: '/admin/v1/document-keys',
    tag: 'Document keys',
    summary: 'The keys that sign documents, newest first',
    ...ofOperator,
    roles: SUPPORT,
    query: Page,
    answers: list('A page of keys', DocumentKeyEntry),
  }),
  rotateDocumentKey: operation({
    id: 'rotateDocumentKey',
    method: 'POST',
    path: '/admin/v1/document-keys',
    tag: 'Document keys',
    summary: 'Makes a new key, which signs documents from now on',
    description:
      'The private half of the one before is destroyed. Its public half stays published, so that what it has signed can be checked.',
    ...ofOperator,
    roles: OPERATORS,
    answers: { 201: answer('The new key', DocumentKeyEntry) },
    reasons: ['not_configured'],
  }),
} as const;
