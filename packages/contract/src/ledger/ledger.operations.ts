import Type from 'typebox';
import { OPERATORS, SUPPORT } from '../access/role-groups.ts';
import { DateTime, Uuid } from '../formats.ts';
import { operation } from '../operation.ts';
import { answer, Id, list, ofOperator } from '../operation-parts.ts';
import { Page } from '../service.ts';
import { OfferStock, StockQuery } from '../stock/stock.ts';
import { AdjustmentCreation, Booking, GrantCreation, Movement } from './bookings.ts';
import { LedgerReport, StockAt } from './ledger.ts';

/** Units granted to offers, and the ledger of what became of them. */
export const OPERATOR_LEDGER_OPERATIONS = {
  createGrant: operation({
    id: 'createGrant',
    method: 'POST',
    path: '/admin/v1/offers/{id}/grants',
    tag: 'Stock',
    summary: 'Puts units into an offer’s stock, once for each reference',
    ...ofOperator,
    roles: OPERATORS,
    params: Id,
    body: GrantCreation,
    bodyExample: { units: 50, reference: 'PO-4711', justification: 'Monthly order' },
    answers: { 200: answer('Booked before', Booking), 201: answer('Booked', Booking) },
    reasons: ['reference_conflict'],
  }),
  createAdjustment: operation({
    id: 'createAdjustment',
    method: 'POST',
    path: '/admin/v1/offers/{id}/adjustments',
    tag: 'Stock',
    summary: 'Corrects an offer’s stock, once for each reference',
    ...ofOperator,
    roles: OPERATORS,
    params: Id,
    body: AdjustmentCreation,
    bodyExample: { units: -3, reference: 'INV-2026-11', justification: 'Stock-taking' },
    answers: { 200: answer('Booked before', Booking), 201: answer('Booked', Booking) },
    reasons: ['reference_conflict', 'too_few_units'],
  }),
  listMovements: operation({
    id: 'listMovements',
    method: 'GET',
    path: '/admin/v1/offers/{id}/movements',
    tag: 'Stock',
    summary: 'The ledger of an offer’s stock, newest first',
    ...ofOperator,
    roles: SUPPORT,
    params: Id,
    query: Page,
    answers: list('A page of movements', Movement),
  }),
  getStockAt: operation({
    id: 'getStockAt',
    method: 'GET',
    path: '/admin/v1/offers/{id}/stock',
    tag: 'Stock',
    summary: 'An offer’s stock now, or as it was at some instant',
    ...ofOperator,
    roles: SUPPORT,
    params: Id,
    query: Type.Object({ at: Type.Optional({ ...DateTime, description: 'Now, unless told' }) }),
    answers: { 200: answer('The stock', StockAt) },
  }),
  getStockForecast: operation({
    id: 'getStockForecast',
    method: 'GET',
    path: '/admin/v1/offers/{id}/forecast',
    tag: 'Stock',
    summary: 'An offer’s stock over time, and how long it will last, as its distributor sees it',
    ...ofOperator,
    roles: SUPPORT,
    params: Id,
    query: StockQuery,
    answers: { 200: answer('The stock', OfferStock) },
  }),
  verifyLedger: operation({
    id: 'verifyLedger',
    method: 'GET',
    path: '/admin/v1/ledger/verification',
    tag: 'Stock',
    summary: 'Proves the ledger: every bucket, row by row',
    description: 'It reads all movements, so it takes its time where there are many. Sales go on meanwhile.',
    ...ofOperator,
    roles: SUPPORT,
    query: Type.Object({ offer: Type.Optional({ ...Uuid, description: 'Only this offer’s bucket' }) }),
    answers: { 200: answer('The report', LedgerReport) },
  }),
  followVerification: operation({
    id: 'followVerification',
    method: 'GET',
    path: '/admin/v1/ledger/verification/stream',
    tag: 'Stock',
    summary: 'The same, and how far it is meanwhile',
    description:
      'Each second `{"type":"progress","movements":…,"of":…}`, at the end `{"type":"report","report":…}` with what the ' +
      'proof without a stream answers. Close the connection, and it stops.',
    ...ofOperator,
    roles: SUPPORT,
    query: Type.Object({ offer: Type.Optional({ ...Uuid, description: 'Only this offer’s bucket' }) }),
    answers: {
      200: { description: 'Server-sent events, until the proof has ended', also: ['text/event-stream'] },
    },
  }),
} as const;
