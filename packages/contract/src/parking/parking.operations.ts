import Type from 'typebox';
import { READERS, SELLERS, SUPPORT } from '../access/role-groups.ts';
import { EXAMPLE_IDS } from '../example-values.ts';
import { Uuid } from '../formats.ts';
import { operation } from '../operation.ts';
import { answer, DistributorPage, list, ofDistributor, ofOperator } from '../operation-parts.ts';
import { OperatorParkedOrder, ParkedOrder, ParkedOrderQuery } from './parking.ts';

const ParkedId = Type.Object({ id: { ...Uuid, examples: [EXAMPLE_IDS.parked] } });

/** Orders that wait for units. */
export const PARKING_OPERATIONS = {
  listParkedOrders: operation({
    id: 'listParkedOrders',
    method: 'GET',
    path: '/v1/parked-orders',
    tag: 'Parked orders',
    summary: 'Your parked orders, newest first',
    description:
      'An order is parked where it asks for it (`on_empty`) and no unit is left. It holds nothing; units that come are for ' +
      'parked orders first, in the order in which these came.',
    ...ofDistributor,
    roles: READERS,
    query: ParkedOrderQuery,
    answers: list('A page of parked orders', ParkedOrder),
  }),
  getParkedOrder: operation({
    id: 'getParkedOrder',
    method: 'GET',
    path: '/v1/parked-orders/{id}',
    tag: 'Parked orders',
    summary: 'One parked order',
    ...ofDistributor,
    roles: READERS,
    params: ParkedId,
    answers: { 200: answer('The parked order', ParkedOrder) },
  }),
  cancelParkedOrder: operation({
    id: 'cancelParkedOrder',
    method: 'POST',
    path: '/v1/parked-orders/{id}/cancellation',
    tag: 'Parked orders',
    summary: 'Cancels an order that waits',
    description: 'Once it is sold or refused, nothing is changed. Repeating it changes nothing more.',
    ...ofDistributor,
    roles: SELLERS,
    params: ParkedId,
    answers: { 200: answer('Cancelled before', ParkedOrder), 201: answer('The order as it is now', ParkedOrder) },
    reasons: ['already_decided'],
  }),
} as const;

/** Orders of all distributors that wait for units. */
export const OPERATOR_PARKING_OPERATIONS = {
  listAllParkedOrders: operation({
    id: 'listAllParkedOrders',
    method: 'GET',
    path: '/admin/v1/parked-orders',
    tag: 'Stock',
    summary: 'Parked orders of all distributors, newest first',
    description: 'Units that are granted to the stock of an offer are for those that wait for it first.',
    ...ofOperator,
    roles: SUPPORT,
    query: Type.Object({ ...ParkedOrderQuery.properties, distributor: DistributorPage.properties.distributor }),
    answers: list('A page of parked orders', OperatorParkedOrder),
  }),
} as const;
