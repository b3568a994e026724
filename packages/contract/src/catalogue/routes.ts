import Type, { type Static } from 'typebox';
import { Amount, DateTime, PlainText, Uuid } from '../formats.ts';

export const RouteStrategy = Type.Enum(['order', 'weight', 'cheapest'], {
  description:
    'Which product is tried first, and which next. `order`: as they are listed. `weight`: at random, each as often as its ' +
    '`weight` says. `cheapest`: what costs least now; what is not known comes last',
});
export type RouteStrategy = Static<typeof RouteStrategy>;

const Weight = Type.Integer({ minimum: 1, maximum: 1000, description: 'How often it comes first, beside the others' });
const SellBelowCost = Type.Boolean({
  description:
    'Whether a product may be tried that costs more than the `resell_value` of the offer. Unless told it is not, and ' +
    'neither is one whose cost is not known, or not in a currency with a recent exchange rate',
});
const RouteDeadline = Type.Integer({
  minimum: 1000,
  maximum: 120_000,
  description: 'How long all attempts of an order may take, in milliseconds; SUPPLIER_DEADLINE_MS at most',
});

/** Why a product of a route would not be tried now. */
export const Obstacle = Type.Enum(
  [
    'not_sold',
    'does_not_fit',
    'no_connector',
    'supplier_down',
    'supplier_busy',
    'out_of_stock',
    'balance_too_low',
    'cost_unknown',
    'below_cost',
  ],
  {
    description:
      'Why it is passed over now, as the server sees it that was asked. `not_sold`: the product or its supplier is not on ' +
      'sale, or is not listed any more. `does_not_fit`: it does not deliver the same any more. `no_connector`: nobody ' +
      'speaks to its supplier. `supplier_down`: it does not answer. `supplier_busy`: as many of its calls are open as may ' +
      'be. `out_of_stock`: it has said so a moment ago. `balance_too_low`: less money lies there than it charges, ' +
      'as was read in the last quarter of an hour. `cost_unknown` and `below_cost`: see `sell_below_cost`',
  },
);
export type Obstacle = Static<typeof Obstacle>;

/** The products that may deliver an offer, and how one of them is chosen. */
export const RouteCreation = Type.Object(
  {
    strategy: RouteStrategy,
    products: Type.Array(
      Type.Object({ product_id: Uuid, weight: Type.Optional(Weight) }, { additionalProperties: false }),
      { minItems: 1, maxItems: 20, description: 'Each once; the offer’s own product is one of them' },
    ),
    sell_below_cost: Type.Optional(SellBelowCost),
    deadline_ms: Type.Optional(RouteDeadline),
  },
  { title: 'RouteCreation', additionalProperties: false },
);
export type RouteCreation = Static<typeof RouteCreation>;

/** A product of a route, as the operator sees it. */
export const RouteProduct = Type.Object(
  {
    product_id: Uuid,
    product_name: PlainText,
    supplier_id: Uuid,
    supplier_name: PlainText,
    weight: Weight,
    cost: Type.Optional({ ...Amount, description: 'What its supplier charges for one, as its catalogue says' }),
    cost_currency: Type.Optional(Type.String({ description: 'ISO 4217' })),
    obstacle: Type.Optional(Obstacle),
  },
  { title: 'RouteProduct' },
);
export type RouteProduct = Static<typeof RouteProduct>;

/** The route of an offer. */
export const OfferRoute = Type.Object(
  {
    id: Uuid,
    offer_id: Uuid,
    strategy: RouteStrategy,
    sell_below_cost: SellBelowCost,
    deadline_ms: Type.Optional(RouteDeadline),
    products: Type.Array(RouteProduct),
    creation_date: DateTime,
  },
  { title: 'OfferRoute' },
);
export type OfferRoute = Static<typeof OfferRoute>;
