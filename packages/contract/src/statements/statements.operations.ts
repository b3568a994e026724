import Type from 'typebox';
import { MANAGERS, OPERATORS, READERS, SUPPORT } from '../access/role-groups.ts';
import { EXAMPLE_IDS } from '../example-values.ts';
import { Uuid } from '../formats.ts';
import { CSV, PDF, XLSX } from '../media-types.ts';
import { operation } from '../operation.ts';
import { answer, DistributorPage, Id, list, ofDistributor, ofOperator } from '../operation-parts.ts';
import { Page } from '../service.ts';
import {
  SignedStatement,
  Statement,
  StatementClosing,
  StatementSettings,
  StatementSettingsChange,
} from './statements.ts';
import { VatRate, VatRateCreation } from './vat.ts';

const StatementId = Type.Object({ id: { ...Uuid, examples: [EXAMPLE_IDS.statement] } });

const asFile = {
  tag: 'Statements',
  description:
    'JSON is the signed document. CSV has its lines, with the ids of sales and never a number of a customer; a workbook ' +
    'the same, up to 100,000 of them; PDF what people read, in the language of `Accept-Language`.',
  params: StatementId,
  query: Type.Object({
    for: Type.Optional(Type.Enum(['excel'], { description: 'With `Accept: text/csv`: CSV as Excel opens it' })),
  }),
  answers: { 200: { ...answer('The statement', SignedStatement), also: [CSV, XLSX, PDF] } },
  reasons: ['statement_closing', 'too_many_lines'],
} as const;

/** The statements of a distributor. */
export const STATEMENT_OPERATIONS = {
  listOwnStatements: operation({
    id: 'listOwnStatements',
    method: 'GET',
    path: '/v1/statements',
    tag: 'Statements',
    summary: 'Your statements, newest first',
    ...ofDistributor,
    roles: READERS,
    query: Page,
    answers: list('A page of statements', Statement),
  }),
  getOwnStatement: operation({
    id: 'getOwnStatement',
    method: 'GET',
    path: '/v1/statements/{id}',
    summary: 'A statement of yours, as signed JSON, CSV, workbook or PDF',
    ...asFile,
    ...ofDistributor,
    roles: READERS,
  }),
  getStatementSettings: operation({
    id: 'getStatementSettings',
    method: 'GET',
    path: '/v1/statement-settings',
    tag: 'Statements',
    summary: 'The time zone of your statements, and whom they are sent to',
    ...ofDistributor,
    roles: READERS,
    answers: { 200: answer('The settings', StatementSettings) },
  }),
  changeStatementSettings: operation({
    id: 'changeStatementSettings',
    method: 'PATCH',
    path: '/v1/statement-settings',
    tag: 'Statements',
    summary: 'Changes them; the time zone counts from the next statement on',
    ...ofDistributor,
    roles: MANAGERS,
    body: StatementSettingsChange,
    bodyExample: { time_zone: 'Europe/Paris' },
    answers: { 200: answer('The settings as they are now', StatementSettings) },
    reasons: ['not_configured'],
  }),
} as const;

/** The statements of all distributors, and what they are made by. */
export const OPERATOR_STATEMENT_OPERATIONS = {
  listStatements: operation({
    id: 'listStatements',
    method: 'GET',
    path: '/admin/v1/statements',
    tag: 'Statements',
    summary: 'The statements of all distributors, newest first',
    ...ofOperator,
    roles: SUPPORT,
    query: DistributorPage,
    answers: list('A page of statements', Statement),
  }),
  closeStatement: operation({
    id: 'closeStatement',
    method: 'POST',
    path: '/admin/v1/statements',
    tag: 'Statements',
    summary: 'Closes the next statement of a distributor: freezes, numbers and signs it',
    description:
      'One that is closed already is answered as it is. Where the ledger is still to be read, the answer is 202, and ' +
      '`statement.closed` tells when it is done.',
    ...ofOperator,
    roles: OPERATORS,
    body: StatementClosing,
    bodyExample: { distributor_id: EXAMPLE_IDS.distributor, before: '2026-12-01' },
    answers: {
      200: answer('It is closed already', Statement),
      202: answer('It is being closed', Statement),
    },
    reasons: ['not_configured', 'not_found', 'period_not_over', 'period_closed', 'statement_closing'],
  }),
  getStatement: operation({
    id: 'getStatement',
    method: 'GET',
    path: '/admin/v1/statements/{id}',
    summary: 'One statement, as signed JSON, CSV, workbook or PDF',
    ...asFile,
    ...ofOperator,
    roles: SUPPORT,
  }),
  getDistributorStatementSettings: operation({
    id: 'getDistributorStatementSettings',
    method: 'GET',
    path: '/admin/v1/distributors/{id}/statement-settings',
    tag: 'Statements',
    summary: 'The time zone of a distributor’s statements, and whom they are sent to',
    ...ofOperator,
    roles: SUPPORT,
    params: Id,
    answers: { 200: answer('The settings', StatementSettings) },
  }),
  changeDistributorStatementSettings: operation({
    id: 'changeDistributorStatementSettings',
    method: 'PATCH',
    path: '/admin/v1/distributors/{id}/statement-settings',
    tag: 'Statements',
    summary: 'Changes them; the time zone counts from the next statement on',
    ...ofOperator,
    roles: OPERATORS,
    params: Id,
    body: StatementSettingsChange,
    bodyExample: { time_zone: 'Europe/Paris' },
    answers: { 200: answer('The settings as they are now', StatementSettings) },
    reasons: ['not_configured'],
  }),
  listVatRates: operation({
    id: 'listVatRates',
    method: 'GET',
    path: '/admin/v1/products/{id}/vat-rates',
    tag: 'Statements',
    summary: 'The VAT of a product, newest first; without any, its sales have none',
    ...ofOperator,
    roles: SUPPORT,
    params: Id,
    query: Page,
    answers: list('A page of rates', VatRate),
  }),
  setVatRate: operation({
    id: 'setVatRate',
    method: 'POST',
    path: '/admin/v1/products/{id}/vat-rates',
    tag: 'Statements',
    summary: 'Sets the VAT of a product, from now or from later on',
    description:
      'Sales keep the rate of their order, so none is set for the past. One that has not begun yet is replaced by another of the same instant.',
    ...ofOperator,
    roles: OPERATORS,
    params: Id,
    body: VatRateCreation,
    bodyExample: { rate: 20 },
    answers: { 201: answer('The rate', VatRate) },
  }),
} as const;
