import Type from 'typebox';
import { MANAGERS, READERS, READERS_AND_AGENTS } from '../access/role-groups.ts';
import { EXAMPLE_IDS } from '../example-values.ts';
import { operation } from '../operation.ts';
import { answer, Id, list } from '../operation-parts.ts';
import { Page } from '../service.ts';
import { Alert, AlertChange, AlertCreation, AlertTest, StockStanding, StockState } from './alerts.ts';

const ours = { access: 'distributor', extension: true, tag: 'Alerts' } as const;

/** When a distributor wants to be told of its stocks, and how they stand. */
export const ALERT_OPERATIONS = {
  listStock: operation({
    id: 'listStock',
    method: 'GET',
    path: '/v1/stock',
    summary: 'How the stocks of your offers stand',
    ...ours,
    roles: READERS_AND_AGENTS,
    query: Type.Object({ ...Page.properties, level: Type.Optional(StockState) }),
    answers: list('A page of stocks, in the order of the offers', StockStanding),
  }),
  listAlerts: operation({
    id: 'listAlerts',
    method: 'GET',
    path: '/v1/alerts',
    summary: 'Your alerts, and which of their offers are low or depleted',
    ...ours,
    roles: READERS,
    query: Page,
    answers: list('A page of alerts, the one for all offers first', Alert),
  }),
  createAlert: operation({
    id: 'createAlert',
    method: 'POST',
    path: '/v1/alerts',
    summary: 'Sets an alert for an offer, or for all offers without one of their own',
    description:
      'When a stock falls to the threshold, `stock.low` is told once, and `stock.recovered` when it is above it again. ' +
      '`stock.depleted` is told with or without an alert.',
    ...ours,
    roles: MANAGERS,
    body: AlertCreation,
    bodyExample: { offer_id: EXAMPLE_IDS.offer, units: 50 },
    answers: { 201: answer('The alert', Alert) },
    reasons: ['alert_exists', 'not_configured', 'not_found'],
  }),
  getAlert: operation({
    id: 'getAlert',
    method: 'GET',
    path: '/v1/alerts/{id}',
    summary: 'One alert',
    ...ours,
    roles: READERS,
    params: Id,
    answers: { 200: answer('The alert', Alert) },
  }),
  changeAlert: operation({
    id: 'changeAlert',
    method: 'PATCH',
    path: '/v1/alerts/{id}',
    summary: 'Changes an alert',
    ...ours,
    roles: MANAGERS,
    params: Id,
    body: AlertChange,
    bodyExample: { units: 20, days_of_cover: 3 },
    answers: { 200: answer('The alert as it is now', Alert) },
    reasons: ['not_configured'],
  }),
  testAlert: operation({
    id: 'testAlert',
    method: 'POST',
    path: '/v1/alerts/{id}/tests',
    summary: 'Writes a test message to each address of this alert at once, and says what came of it',
    description: 'Nothing is tried again. At most 20 in a quarter of an hour for each distributor.',
    ...ours,
    roles: MANAGERS,
    params: Id,
    answers: list('What came of it at each address; none where the alert has none', AlertTest),
  }),
  deleteAlert: operation({
    id: 'deleteAlert',
    method: 'DELETE',
    path: '/v1/alerts/{id}',
    summary: 'Takes an alert away',
    ...ours,
    roles: MANAGERS,
    params: Id,
    answers: { 200: answer('The alert as it was', Alert) },
  }),
} as const;
