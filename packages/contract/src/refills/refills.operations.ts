import Type from 'typebox';
import { MANAGERS, OPERATORS, READERS, SUPPORT } from '../access/role-groups.ts';
import { EXAMPLE_IDS } from '../example-values.ts';
import { Uuid } from '../formats.ts';
import { operation } from '../operation.ts';
import { answer, DistributorPage, list, ofDistributor, ofOperator } from '../operation-parts.ts';
import { OwnRefillOrder, RefillDecision, RefillOrder, RefillOrderCreation, RefillOrderQuery } from './refills.ts';

/** What a distributor orders for its stock. */
export const REFILL_OPERATIONS = {
  orderRefill: operation({
    id: 'orderRefill',
    method: 'POST',
    path: '/v1/refill-orders',
    tag: 'Refills',
    summary: 'Orders units for an offer’s stock, once for each reference',
    description:
      'The operator decides; `refill.granted` or `refill.declined` tells. How many to order `refill` of the stock suggests.',
    ...ofDistributor,
    roles: MANAGERS,
    body: RefillOrderCreation,
    bodyExample: { offer_id: EXAMPLE_IDS.offer, units: 430, reference: 'PO-2026-118' },
    answers: { 200: answer('Ordered before', OwnRefillOrder), 201: answer('Ordered', OwnRefillOrder) },
    reasons: ['not_found', 'reference_conflict', 'refill_open'],
  }),
  listOwnRefillOrders: operation({
    id: 'listOwnRefillOrders',
    method: 'GET',
    path: '/v1/refill-orders',
    tag: 'Refills',
    summary: 'Your orders of units, newest first',
    ...ofDistributor,
    roles: READERS,
    query: RefillOrderQuery,
    answers: list('A page of orders', OwnRefillOrder),
  }),
  withdrawRefillOrder: operation({
    id: 'withdrawRefillOrder',
    method: 'POST',
    path: '/v1/refill-orders/{id}/withdrawal',
    tag: 'Refills',
    summary: 'Withdraws an order of units that the operator has not decided about',
    description: 'Its reference stays used: order anew under another one. Repeating it changes nothing more.',
    ...ofDistributor,
    roles: MANAGERS,
    params: Type.Object({ id: { ...Uuid, examples: [EXAMPLE_IDS.withdrawal] } }),
    answers: { 200: answer('Withdrawn before', OwnRefillOrder), 201: answer('The order as it is now', OwnRefillOrder) },
    reasons: ['already_decided'],
  }),
} as const;

/** The orders of all distributors, and what the operator decides about them. */
export const OPERATOR_REFILL_OPERATIONS = {
  listRefillOrders: operation({
    id: 'listRefillOrders',
    method: 'GET',
    path: '/admin/v1/refill-orders',
    tag: 'Stock',
    summary: 'What distributors have ordered for their stocks, newest first',
    ...ofOperator,
    roles: SUPPORT,
    query: Type.Object({ ...RefillOrderQuery.properties, distributor: DistributorPage.properties.distributor }),
    answers: list('A page of orders', RefillOrder),
  }),
  decideRefillOrder: operation({
    id: 'decideRefillOrder',
    method: 'POST',
    path: '/admin/v1/refill-orders/{id}/decision',
    tag: 'Stock',
    summary: 'Grants an order of units, which puts them into stock, or declines it',
    description:
      'Repeating a decision changes nothing more. Units that were granted by hand under the reference of the order are not booked again.',
    ...ofOperator,
    roles: OPERATORS,
    params: Type.Object({ id: { ...Uuid, examples: [EXAMPLE_IDS.refill] } }),
    body: RefillDecision,
    bodyExample: { decision: 'grant' },
    answers: { 200: answer('Decided so before', RefillOrder), 201: answer('The order as it is now', RefillOrder) },
    reasons: ['already_decided', 'reference_conflict'],
  }),
} as const;
