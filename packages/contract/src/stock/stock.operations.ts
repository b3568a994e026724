import { READERS_AND_AGENTS } from '../access/role-groups.ts';
import { operation } from '../operation.ts';
import { answer, Id, ofDistributor } from '../operation-parts.ts';
import { OfferStock, StockQuery } from './stock.ts';

/** The stock of one offer, over time. */
export const STOCK_OPERATIONS = {
  getOfferStock: operation({
    id: 'getOfferStock',
    method: 'GET',
    path: '/v1/offers/{id}/stock',
    tag: 'Offers',
    summary: 'An offer’s stock: now, over time, and how long it will last',
    ...ofDistributor,
    roles: READERS_AND_AGENTS,
    params: Id,
    query: StockQuery,
    answers: { 200: answer('The stock', OfferStock) },
  }),
} as const;
