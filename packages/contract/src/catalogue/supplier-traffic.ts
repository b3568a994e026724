import Type, { type Static } from 'typebox';
import { DateTime, PlainText, Uuid } from '../formats.ts';
import { REASONS, type Reason } from '../reasons.ts';
import { SupplierExchange } from '../sales/all-transactions.ts';
import { TransactionStatus } from '../sales/transactions.ts';
import { Page } from '../service.ts';
import { CALL_OUTCOMES } from './call-outcomes.ts';
import { RouteStrategy } from './routes.ts';

const { id, kind, attempt, date, duration_ms, method, status, failure } = SupplierExchange.properties;

/** A call of a supplier, without what was said in it. */
export const SupplierCallEntry = Type.Object(
  {
    id,
    kind,
    attempt,
    date,
    duration_ms,
    method,
    status,
    failure,
    transaction_id: { ...Uuid, description: 'The sale that it was for, which has what was said' },
    transaction_status: { ...TransactionStatus, description: 'How that sale stands by now' },
    reason: Type.Optional(
      Type.Enum(Object.keys(REASONS) as Reason[], { description: 'Why that sale came to nothing' }),
    ),
    offer_name: PlainText,
    distributor_id: Uuid,
    distributor_name: PlainText,
  },
  { title: 'SupplierCallEntry' },
);
export type SupplierCallEntry = Static<typeof SupplierCallEntry>;

export const SupplierCallQuery = Type.Object({
  ...Page.properties,
  outcome: Type.Optional(
    Type.Enum(CALL_OUTCOMES, {
      description:
        '`answered`: with an HTTP status below 400. `error`: with another one. `no_answer`: none came. What the answer means for ' +
        'the sale, its `reason` says',
    }),
  ),
});
export type SupplierCallQuery = Static<typeof SupplierCallQuery>;

/** An offer that a supplier may deliver, and how much of it it did. */
export const SupplierRoute = Type.Object(
  {
    offer_id: Uuid,
    offer_name: PlainText,
    distributor_id: Uuid,
    distributor_name: PlainText,
    product_id: { ...Uuid, description: 'By which of its products' },
    product_name: PlainText,
    strategy: Type.Optional({ ...RouteStrategy, description: 'Absent where its own product alone delivers the offer' }),
    place: Type.Integer({ minimum: 1, description: 'Where it stands in the route' }),
    places: Type.Integer({ minimum: 1, description: 'How many products the route has' }),
    sold: Type.Integer({ description: 'How many of the offer were sold since `since`' }),
    delivered: Type.Integer({ description: 'How many of these by this product' }),
    since: { ...DateTime, description: 'A day ago, at the full hour' },
  },
  { title: 'SupplierRoute' },
);
export type SupplierRoute = Static<typeof SupplierRoute>;
