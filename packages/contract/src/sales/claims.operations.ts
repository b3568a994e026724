import Type from 'typebox';
import { SUPPORT } from '../access/role-groups.ts';
import { EXAMPLE_IDS } from '../example-values.ts';
import { Uuid } from '../formats.ts';
import { operation } from '../operation.ts';
import { answer, ofOperator } from '../operation-parts.ts';
import { AdminTransaction, ClaimCreation } from './all-transactions.ts';

const ofSale = {
  path: '/admin/v1/transactions/{id}/claim',
  tag: 'All transactions',
  ...ofOperator,
  roles: SUPPORT,
  params: Type.Object({ id: { ...Uuid, examples: [EXAMPLE_IDS.pending] } }),
  answers: { 200: answer('The transaction as it is now', AdminTransaction) },
} as const;

/** Who takes care of sales without an outcome. */
export const OPERATOR_CLAIM_OPERATIONS = {
  claimTransaction: operation({
    id: 'claimTransaction',
    method: 'POST',
    summary: 'Takes care of a pending transaction, so that nobody else does',
    description:
      'It is shown as `owner` until the transaction has an outcome, the owner hands it back, somebody takes it over, or the account ' +
      'of the owner is removed. It stops nobody from deciding. May be repeated.',
    ...ofSale,
    body: ClaimCreation,
    bodyExample: {},
    reasons: ['already_final', 'already_claimed'],
  }),
  handBackTransaction: operation({
    id: 'handBackTransaction',
    method: 'DELETE',
    summary: 'Hands a pending transaction back that you take care of',
    description: 'Where nobody takes care of it, nothing is done.',
    ...ofSale,
    reasons: ['already_claimed'],
  }),
} as const;
