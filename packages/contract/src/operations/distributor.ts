import Type from 'typebox';
import { STAFF_OPERATIONS } from '../access/staff.operations.ts';
import { PriceVersion } from '../catalogue/offers.ts';
import { DistributorSettings, DistributorSettingsChange } from '../distributors/settings.ts';
import { IdentificationCase } from '../esims/identifications.ts';
import { EVENT_OPERATIONS } from '../events/events.operations.ts';
import { Uuid } from '../formats.ts';
import { CUSTOMER_MESSAGE_OPERATIONS } from '../messages/customer-messages.operations.ts';
import { operation } from '../operation.ts';
import { Overview, OverviewQuery } from '../reports/overview.ts';
import { Page } from '../service.ts';
import { SimulatorNumber } from '../sims/simulator.ts';
import { ALERT_OPERATIONS } from '../stock/alerts.operations.ts';
import { OfferStock, StockQuery } from '../stock/stock.ts';
import { answer, Id, list, OVERVIEW_NOTE } from './parts.ts';

const ours = { access: 'distributor', extension: true } as const;

/** What OpenTopup adds for distributors, under `/v1`. */
export const DISTRIBUTOR_OPERATIONS = {
  listOfferPrices: operation({
    id: 'listOfferPrices',
    method: 'GET',
    path: '/v1/offers/{id}/prices',
    tag: 'Offers',
    summary: 'What an offer has cost, newest first',
    ...ours,
    params: Id,
    query: Page,
    answers: list('A page of prices', PriceVersion),
  }),
  getOfferStock: operation({
    id: 'getOfferStock',
    method: 'GET',
    path: '/v1/offers/{id}/stock',
    tag: 'Offers',
    summary: 'An offer’s stock: now, over time, and how long it will last',
    ...ours,
    params: Id,
    query: StockQuery,
    answers: { 200: answer('The stock', OfferStock) },
  }),
  getOverview: operation({
    id: 'getOverview',
    method: 'GET',
    path: '/v1/overview',
    tag: 'Transactions',
    summary: 'How your sales went, compared with the period before',
    description: OVERVIEW_NOTE,
    ...ours,
    query: OverviewQuery,
    answers: { 200: answer('The overview', Overview) },
  }),
  ...ALERT_OPERATIONS,
  ...CUSTOMER_MESSAGE_OPERATIONS,
  getSettings: operation({
    id: 'getSettings',
    method: 'GET',
    path: '/v1/settings',
    tag: 'Settings',
    summary: 'The guards of your own sales',
    ...ours,
    answers: { 200: answer('The settings', DistributorSettings) },
  }),
  changeSettings: operation({
    id: 'changeSettings',
    method: 'PATCH',
    path: '/v1/settings',
    tag: 'Settings',
    summary: 'Changes the guards of your own sales',
    description: 'Only what is sent is changed; null switches a guard off. What is pending counts as sold.',
    ...ours,
    body: DistributorSettingsChange,
    bodyExample: { line_units_per_day: 10, repeat_guard_minutes: 5 },
    answers: { 200: answer('The settings as they are now', DistributorSettings) },
  }),
  listIdentifications: operation({
    id: 'listIdentifications',
    method: 'GET',
    path: '/v1/identifications',
    tag: 'Identifications',
    summary: 'eSIMs whose users have to be identified, most urgent first',
    ...ours,
    query: Type.Object({
      ...Page.properties,
      status: Type.Optional(Type.Enum(['pending', 'identified', 'overdue'])),
    }),
    answers: list('A page of identifications', IdentificationCase),
  }),
  remindOfIdentification: operation({
    id: 'remindOfIdentification',
    method: 'POST',
    path: '/v1/identifications/{transaction_id}/reminders',
    tag: 'Identifications',
    summary: 'Notes that the user was reminded, and tells your webhooks',
    ...ours,
    params: Type.Object({ transaction_id: Uuid }),
    answers: { 201: answer('The identification', IdentificationCase) },
    reasons: ['already_identified'],
  }),
  listSimulatorNumbers: operation({
    id: 'listSimulatorNumbers',
    method: 'GET',
    path: '/v1/simulator/numbers',
    tag: 'Simulator',
    summary: 'The numbers and SIMs with which the simulator does something special',
    ...ours,
    answers: list('All of them, by ending', SimulatorNumber),
  }),

  ...STAFF_OPERATIONS,
  ...EVENT_OPERATIONS,
} as const;
