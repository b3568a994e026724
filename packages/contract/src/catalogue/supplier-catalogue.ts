import Type, { type Static } from 'typebox';
import { DateTime, Uuid } from '../formats.ts';
import { Page } from '../service.ts';
import { Denomination } from './offers.ts';
import { CountryCode, ProductNetwork } from './products.ts';

/** What a supplier charges may have more digits than its currency's minor unit. */
const Cost = Type.Number({ description: 'What the supplier charges for one, in the main unit' });

const LISTED = {
  supplier_reference: Type.String({ description: "The supplier's own name for it" }),
  name: Type.String(),
  currency: Type.String({ description: 'ISO 4217' }),
  cost: Cost,
};
const product_id = Type.Optional({ ...Uuid, description: 'The product here; absent where it was not taken over' });

/** Something that a supplier lists, as its catalogue was read last. */
export const CatalogueEntry = Type.Object(
  {
    ...LISTED,
    line_country: Type.Optional({ ...CountryCode, description: 'Of which country a number has to be' }),
    network: Type.Optional(ProductNetwork),
    denomination: Type.Optional(Denomination),
    range: Type.Optional(
      Type.Object(
        { min: Type.Number(), max: Type.Number(), currency: Type.String() },
        { description: 'What the line may get: it is chosen with an amount, and `cost` is that of each main unit' },
      ),
    ),
    product_id,
    change_date: { ...DateTime, description: 'Since when it stands there so' },
    withdrawal_date: Type.Optional({ ...DateTime, description: 'Since when it is not listed any more' }),
  },
  { title: 'CatalogueEntry' },
);
export type CatalogueEntry = Static<typeof CatalogueEntry>;

/** Something that a supplier adds to recharges for a while, as it tells it itself. */
export const Promotion = Type.Object(
  {
    id: Type.String({ description: "The supplier's own id of it" }),
    title: Type.String(),
    text: Type.String({ description: "The supplier's words, the first 500 characters" }),
    begin_date: Type.Optional(DateTime),
    end_date: Type.Optional({ ...DateTime, description: 'Absent where it does not tell' }),
    network: Type.Optional(ProductNetwork),
    countries: Type.Array(CountryCode, { description: 'Empty where it does not tell' }),
  },
  { title: 'Promotion' },
);
export type Promotion = Static<typeof Promotion>;

const LongText = Type.String({ minLength: 1, maxLength: 100 });

/** What of a supplier's catalogue is looked for. */
export const CatalogueSearch = Type.Object({
  ...Page.properties,
  text: Type.Optional({ ...LongText, description: "In its name, or in the supplier's own name for it" }),
  country: Type.Optional({ ...CountryCode, description: 'Whose numbers it recharges, or where it works' }),
  network: Type.Optional({ ...LongText, description: "In the network's name, or its id" }),
  min_cost: Type.Optional(Type.Number({ minimum: 0 })),
  max_cost: Type.Optional(Type.Number({ minimum: 0 })),
});
export type CatalogueSearch = Static<typeof CatalogueSearch>;

/** What has changed of something that a supplier lists, and what followed. */
export const CatalogueChange = Type.Object(
  {
    supplier_id: Uuid,
    ...LISTED,
    product_id,
    cost_before: Type.Optional({ ...Cost, description: 'What it charged before, where that is known' }),
    currency_before: Type.Optional(Type.String({ description: 'Where it was another one' })),
    offers: Type.Integer({ description: 'How many offers sell it' }),
    offers_stopped: Type.Integer({ description: 'How many of them are not sold any more because of it' }),
    offers_resumed: Type.Integer({ description: 'How many of them are sold again because of it' }),
  },
  { title: 'CatalogueChange' },
);
export type CatalogueChange = Static<typeof CatalogueChange>;

/** A sale for which the supplier has charged something else than its catalogue says. */
export const CostDifference = Type.Object(
  {
    supplier_id: Uuid,
    transaction_id: Uuid,
    distributor_id: Uuid,
    offer_id: Uuid,
    cost: { ...Cost, description: 'What it has charged' },
    currency: Type.String({ description: 'ISO 4217' }),
    expected_cost: Type.Optional({ ...Cost, description: 'What its catalogue says, where that is known' }),
    resell_value: Type.Number({ description: 'What the distributor was charged' }),
  },
  { title: 'CostDifference' },
);
export type CostDifference = Static<typeof CostDifference>;

export const CatalogueReadingCreation = Type.Object(
  {
    accept_withdrawals: Type.Optional(
      Type.Boolean({
        description: 'Takes for withdrawn whatever is not listed any more, even where that is most of what there was',
      }),
    ),
  },
  { title: 'CatalogueReadingCreation', additionalProperties: false },
);
export type CatalogueReadingCreation = Static<typeof CatalogueReadingCreation>;

/** What was found when a supplier's catalogue was read. */
export const CatalogueReading = Type.Object(
  {
    date: DateTime,
    listed: Type.Integer({ description: 'How many products it lists' }),
    missing: Type.Integer({
      description:
        'How many it lists no more, but that were not taken for withdrawn, because they are more than half of all',
    }),
    changes: Type.Array(
      Type.Object({
        type: Type.Enum(['supplier.price_changed', 'supplier.product_withdrawn', 'supplier.product_added']),
        ...CatalogueChange.properties,
      }),
      { description: 'The first thousand; the events tell of all' },
    ),
  },
  { title: 'CatalogueReading' },
);
export type CatalogueReading = Static<typeof CatalogueReading>;
