import Type from 'typebox';
import { OPERATORS, READERS, SELLERS, SUPPORT } from '../access/role-groups.ts';
import { EXAMPLE_IDS } from '../example-values.ts';
import { Uuid } from '../formats.ts';
import { operation } from '../operation.ts';
import { answer, DistributorPage, Id, list, ofDistributor, ofOperator } from '../operation-parts.ts';
import {
  OwnReversalRequest,
  ReversalDecision,
  ReversalRequest,
  ReversalRequestCreation,
  ReversalRequestQuery,
} from './reversals.ts';

const bodyExample = { reason: 'not_delivered', justification: 'The customer has no credit; ticket 4711' };
const reasons = ['not_sold', 'already_reversed', 'reversal_requested'] as const;

/** A distributor's requests that sales are reversed. */
export const REVERSAL_OPERATIONS = {
  requestReversal: operation({
    id: 'requestReversal',
    method: 'POST',
    path: '/v1/transactions/{id}/reversal-requests',
    tag: 'Transactions',
    summary: 'Asks the operator to reverse a sale',
    description:
      'The sale stands until the operator has decided. `transaction.reversed` or `reversal.declined` tells how.',
    ...ofDistributor,
    roles: SELLERS,
    params: Id,
    body: ReversalRequestCreation,
    bodyExample,
    answers: { 201: answer('The request', OwnReversalRequest) },
    reasons: [...reasons],
  }),
  listOwnReversalRequests: operation({
    id: 'listOwnReversalRequests',
    method: 'GET',
    path: '/v1/reversal-requests',
    tag: 'Transactions',
    summary: 'Your requests to reverse sales, newest first',
    ...ofDistributor,
    roles: READERS,
    query: ReversalRequestQuery,
    answers: list('A page of requests', OwnReversalRequest),
  }),
} as const;

/** Reversing sales, and deciding about who wants that. */
export const OPERATOR_REVERSAL_OPERATIONS = {
  reverseTransaction: operation({
    id: 'reverseTransaction',
    method: 'POST',
    path: '/admin/v1/transactions/{id}/reversals',
    tag: 'All transactions',
    summary: 'Reverses a sale: its unit goes back into stock, whole and once',
    description:
      'From then on the sale is `ko` with `reversal`. Above `REVERSAL_SECOND_PERSON_ABOVE` it is a request that is `open` ' +
      'until somebody else approves it. What was delivered is taken back from nobody.',
    ...ofOperator,
    roles: OPERATORS,
    params: Type.Object({ id: { ...Uuid, examples: [EXAMPLE_IDS.mistake] } }),
    body: ReversalRequestCreation,
    bodyExample,
    answers: {
      201: answer('`approved`: the sale is reversed; `open`: a second person has to approve', ReversalRequest),
    },
    reasons: [...reasons],
  }),
  listReversalRequests: operation({
    id: 'listReversalRequests',
    method: 'GET',
    path: '/admin/v1/reversal-requests',
    tag: 'All transactions',
    summary: 'The requests to reverse sales, newest first',
    ...ofOperator,
    roles: SUPPORT,
    query: Type.Object({ ...ReversalRequestQuery.properties, distributor: DistributorPage.properties.distributor }),
    answers: list('A page of requests', ReversalRequest),
  }),
  decideReversal: operation({
    id: 'decideReversal',
    method: 'POST',
    path: '/admin/v1/reversal-requests/{id}/decision',
    tag: 'All transactions',
    summary: 'Approves a request to reverse a sale, or declines it',
    ...ofOperator,
    roles: OPERATORS,
    params: Type.Object({ id: { ...Uuid, examples: [EXAMPLE_IDS.reversal] } }),
    body: ReversalDecision,
    bodyExample: { decision: 'approve', justification: 'The operator has no trace of it' },
    answers: { 201: answer('The request as it is now', ReversalRequest) },
    reasons: ['already_decided', 'already_reversed', 'second_person_needed'],
  }),
} as const;
