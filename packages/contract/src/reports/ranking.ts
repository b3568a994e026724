import Type, { type Static } from 'typebox';
import { World } from '../distributors/distributors.ts';
import { Uuid } from '../formats.ts';
import { TransactionPage } from '../sales/transaction-filters.ts';
import { Money } from './overview.ts';
import { RANKED_BY, RANKED_IN } from './ranked.ts';

/** What one distributor, offer or seller has sold, in one currency. */
export const RankedSales = Type.Object(
  {
    id: Type.Optional(
      Type.String({ description: 'Of the distributor or offer, or the `user_id` of its orders; absent without one' }),
    ),
    name: Type.String({ description: 'Of a seller with an account, the e-mail address' }),
    distributor_id: Uuid,
    distributor_name: Type.String(),
    sold: Type.Integer(),
    value: { ...Money, description: 'At the resell value of each sale' },
    margin: Type.Optional({
      ...Money,
      description: 'What is left of it beyond what suppliers charged, where that is known in the same currency',
    }),
    without_cost: Type.Integer({ description: 'Sales whose cost is not known: they are not in the margin' }),
  },
  { title: 'RankedSales' },
);
export type RankedSales = Static<typeof RankedSales>;

/** What is put in order. */
export const RankingQuery = Type.Object({
  by: Type.Enum(RANKED_BY, { examples: ['distributor'] }),
  order: Type.Optional(Type.Enum(RANKED_IN, { description: 'What the most of stands first: `value` unless told' })),
  from: Type.Optional(
    Type.String({
      description: 'A UTC day or an instant (RFC 3339): sold then or later; the first of this month unless told',
    }),
  ),
  to: Type.Optional(
    Type.String({ description: 'A UTC day, included whole, or an instant; now unless told. 92 days at most are read' }),
  ),
  distributor: Type.Optional({ ...Uuid, description: 'Only of this distributor' }),
  world: Type.Optional({ ...World, description: 'Where no distributor is named; live unless told' }),
  offset: TransactionPage.properties.offset,
  limit: TransactionPage.properties.limit,
  for: TransactionPage.properties.for,
});
export type RankingQuery = Static<typeof RankingQuery>;
