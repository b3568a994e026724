import Type, { type Static } from 'typebox';
import { CurrencyCode } from '../catalogue/products.ts';
import { RouteCreation } from '../catalogue/routes.ts';
import { DateTime, Uuid } from '../formats.ts';
import { Money, OperatorOverviewQuery } from './overview.ts';

const { from, to, distributor, world } = OperatorOverviewQuery.properties;

/** Which sales are replayed: of 366 days at most. */
export const ReplayQuery = Type.Object({
  from: Type.Optional({
    ...from,
    description: 'A UTC day or an instant (RFC 3339); 30 days before `to` unless told, 366 at most',
  }),
  to: Type.Optional({ ...to, description: 'A UTC day, included whole, or an instant; now unless told' }),
  distributor,
  world,
});

/** A cost that is tried instead of what its supplier charged. */
const ReplayPrice = Type.Object(
  {
    product_id: Uuid,
    cost: Type.Number({ minimum: 0, description: 'For one, in the main unit' }),
    currency: CurrencyCode,
  },
  { additionalProperties: false },
);

/** What is tried. Where nothing is said, it is as it was. */
export const ReplayCreation = Type.Object(
  {
    routes: Type.Optional(
      Type.Array(
        Type.Object(
          {
            offer_id: Uuid,
            strategy: RouteCreation.properties.strategy,
            products: RouteCreation.properties.products,
            sell_below_cost: RouteCreation.properties.sell_below_cost,
          },
          { additionalProperties: false },
        ),
        { maxItems: 1_000, description: 'Routes by offer, as they would be set' },
      ),
    ),
    prices: Type.Optional(
      Type.Array(ReplayPrice, { maxItems: 1_000, description: 'Costs by product, over the whole time' }),
    ),
  },
  { title: 'ReplayCreation', additionalProperties: false },
);
export type ReplayCreation = Static<typeof ReplayCreation>;

/** How orders fared. Of an estimate, numbers have fractions. */
export const ReplayFigures = Type.Object(
  {
    orders: Type.Number({ description: 'Those of the next four. At a supplier: those that it was sent' }),
    ok: Type.Number({ description: 'Delivered' }),
    ko: Type.Number({
      description: 'Not delivered. At a supplier: refused by it, whether or not another one delivered',
    }),
    pending: Type.Number({ description: 'Not known yet' }),
    not_known: Type.Number({ description: 'Of which nothing that was seen tells how they would have fared' }),
    cost: Type.Array(Money, {
      description: 'What suppliers charged for what they delivered, in the currencies of the offers',
    }),
    unpriced: Type.Number({
      description: 'Delivered, but at a cost that nobody knew at the time: `cost` is without them',
    }),
    answer_ms: Type.Optional(Type.Integer({ description: 'How long an order waited for its suppliers, on average' })),
  },
  { title: 'ReplayFigures' },
);
export type ReplayFigures = Static<typeof ReplayFigures>;

const replayed = { actual: ReplayFigures, estimate: ReplayFigures };
const attempts = (description: string) => Type.Number({ description });

/** How past sales went, and an estimate of how they would have gone. */
export const Replay = Type.Object(
  {
    from: DateTime,
    to: { ...DateTime, description: 'The first instant after it' },
    totals: Type.Object(replayed),
    offers: Type.Array(
      Type.Object({
        offer_id: Uuid,
        offer_name: Type.String(),
        distributor_id: Uuid,
        distributor_name: Type.String(),
        ...replayed,
      }),
      { description: 'Most orders first, 1,000 at most' },
    ),
    suppliers: Type.Array(Type.Object({ supplier_id: Uuid, supplier_name: Type.String(), ...replayed })),
    days: Type.Array(
      Type.Object({ date: { ...DateTime, description: 'The first instant of a UTC day' }, ...replayed }),
    ),
    evidence: Type.Object(
      {
        offer_hour: attempts('How this product delivered this offer in the same hour'),
        product_hour: attempts('How it delivered any offer in that hour'),
        supplier_hour: attempts('How its supplier delivered any product in that hour'),
        product: attempts('How the product was delivered over the whole time'),
        supplier: attempts('How its supplier delivered over the whole time'),
        nothing: attempts('Nothing: they are `not_known`'),
      },
      { description: 'How many attempts of the estimate rest on what' },
    ),
  },
  { title: 'Replay' },
);
export type Replay = Static<typeof Replay>;
