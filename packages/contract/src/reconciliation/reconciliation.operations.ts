import Type from 'typebox';
import { OPERATORS, SUPPORT } from '../access/role-groups.ts';
import { EXAMPLE_IDS } from '../example-values.ts';
import { Uuid } from '../formats.ts';
import { CSV, EXCEL, XLSX } from '../media-types.ts';
import { operation } from '../operation.ts';
import { answer, Id, list, ofOperator } from '../operation-parts.ts';
import { BooksFileQuery, BooksFileReport, BooksMapping } from './books-files.ts';
import {
  Reconciliation,
  ReconciliationCase,
  ReconciliationCaseChange,
  ReconciliationCaseDetail,
  ReconciliationCaseEnd,
  ReconciliationCaseQuery,
  ReconciliationCreation,
  ReconciliationDetail,
  ReconciliationQuery,
} from './reconciliation.ts';

const Case = Type.Object({ id: { ...Uuid, examples: [EXAMPLE_IDS.difference] } });

/** Comparing our books with those of suppliers, and what is done about differences. */
export const OPERATOR_RECONCILIATION_OPERATIONS = {
  createReconciliation: operation({
    id: 'createReconciliation',
    method: 'POST',
    path: '/admin/v1/reconciliations',
    tag: 'Reconciliation',
    summary: 'Compares our books with what a supplier lists',
    description:
      'Goes on after the answer: ask for it until it is not `running` any more. Each difference is a case, found once ' +
      'however often it is compared. Nothing else is changed.',
    ...ofOperator,
    roles: SUPPORT,
    body: ReconciliationCreation,
    bodyExample: { supplier_id: EXAMPLE_IDS.supplier, from: '2026-11-23', to: '2026-11-23' },
    answers: { 202: answer('It has begun', Reconciliation) },
    reasons: ['not_found', 'not_supported', 'already_running'],
  }),
  listReconciliations: operation({
    id: 'listReconciliations',
    method: 'GET',
    path: '/admin/v1/reconciliations',
    tag: 'Reconciliation',
    summary: 'What was compared with the books of suppliers, newest first',
    ...ofOperator,
    roles: SUPPORT,
    query: ReconciliationQuery,
    answers: list('A page of reconciliations', Reconciliation),
  }),
  getReconciliation: operation({
    id: 'getReconciliation',
    method: 'GET',
    path: '/admin/v1/reconciliations/{id}',
    tag: 'Reconciliation',
    summary: 'One reconciliation, with the totals of each day',
    ...ofOperator,
    roles: SUPPORT,
    params: Type.Object({ id: { ...Uuid, examples: [EXAMPLE_IDS.reconciliation] } }),
    answers: { 200: answer('The reconciliation', ReconciliationDetail) },
  }),
  getBooksMapping: operation({
    id: 'getBooksMapping',
    method: 'GET',
    path: '/admin/v1/suppliers/{id}/books-mapping',
    tag: 'Reconciliation',
    summary: "How the columns of a supplier's files are meant",
    ...ofOperator,
    roles: OPERATORS,
    params: Id,
    answers: { 200: answer('The mapping', BooksMapping) },
  }),
  setBooksMapping: operation({
    id: 'setBooksMapping',
    method: 'PUT',
    path: '/admin/v1/suppliers/{id}/books-mapping',
    tag: 'Reconciliation',
    summary: "Says how the columns of a supplier's files are meant",
    ...ofOperator,
    roles: OPERATORS,
    params: Id,
    body: BooksMapping,
    bodyExample: {
      columns: { time: 'Date', reference: 'Client ref', cost: 'Price', state: 'Status' },
      date_order: 'dmy',
      decimal: ',',
      currency: 'EUR',
      states: { delivered: ['OK'], refused: ['KO'] },
    },
    answers: { 200: answer('The mapping', BooksMapping) },
  }),
  compareBooksFile: operation({
    id: 'compareBooksFile',
    method: 'POST',
    path: '/admin/v1/suppliers/{id}/books-files',
    tag: 'Reconciliation',
    summary: 'Compares our books with those of a supplier from a CSV file or Excel workbook, all or nothing',
    description:
      'Rows are read by the mapping of the supplier; without one, only what the file has is told. Where a row cannot be read, ' +
      'or a day of the time has sales here and nothing in the file without `whole`, nothing is kept. The file itself is never ' +
      'kept: only its digest, so that it is known when it comes again for the same days.',
    ...ofOperator,
    roles: OPERATORS,
    params: Id,
    query: BooksFileQuery,
    body: Type.String(),
    bodyType: CSV,
    bodyAlso: [XLSX, EXCEL],
    bodyExample: `Date;Client ref;Price;Status\n24/11/2026 11:12;${EXAMPLE_IDS.transaction};7,10;OK\n`,
    answers: { 200: answer('What the file says, and what it was compared to', BooksFileReport) },
    reasons: ['invalid_csv', 'file_known', 'foreign_file', 'already_running'],
  }),
  listReconciliationCases: operation({
    id: 'listReconciliationCases',
    method: 'GET',
    path: '/admin/v1/reconciliation-cases',
    tag: 'Reconciliation',
    summary: 'Differences from the books of suppliers, newest first',
    ...ofOperator,
    roles: SUPPORT,
    query: ReconciliationCaseQuery,
    answers: list('A page of cases', ReconciliationCase),
  }),
  getReconciliationCase: operation({
    id: 'getReconciliationCase',
    method: 'GET',
    path: '/admin/v1/reconciliation-cases/{id}',
    tag: 'Reconciliation',
    summary: 'One difference, with what people have noted',
    ...ofOperator,
    roles: SUPPORT,
    params: Case,
    answers: { 200: answer('The case', ReconciliationCaseDetail) },
  }),
  changeReconciliationCase: operation({
    id: 'changeReconciliationCase',
    method: 'PATCH',
    path: '/admin/v1/reconciliation-cases/{id}',
    tag: 'Reconciliation',
    summary: 'Says who takes care of a difference, or notes something',
    ...ofOperator,
    roles: SUPPORT,
    params: Case,
    body: ReconciliationCaseChange,
    bodyExample: { owner: 'ada', note: 'Asked the supplier, ticket 4711' },
    answers: { 200: answer('The case as it is now', ReconciliationCaseDetail) },
  }),
  endReconciliationCase: operation({
    id: 'endReconciliationCase',
    method: 'POST',
    path: '/admin/v1/reconciliation-cases/{id}/end',
    tag: 'Reconciliation',
    summary: 'Ends a difference: decides, reverses or books the sale, or accepts it as it is',
    description:
      'The sale is decided, reversed or booked as `resolveTransaction`, `reverseTransaction` and a late word of the supplier ' +
      'do it. Where a second person has to approve a reversal, the case stays open until then.',
    ...ofOperator,
    roles: OPERATORS,
    params: Case,
    body: ReconciliationCaseEnd,
    bodyExample: { end: 'accept', justification: 'The supplier credits it, invoice 2026-11' },
    answers: { 201: answer('The case as it is now', ReconciliationCaseDetail) },
    reasons: [
      'already_decided',
      'end_not_possible',
      'not_sold',
      'already_reversed',
      'reversal_requested',
      'already_final',
      'missing_profile',
      'bucket_empty',
    ],
  }),
} as const;
