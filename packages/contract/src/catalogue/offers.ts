import Type, { type Static } from 'typebox';
import { Amount, DateTime, Metadata, PlainText, ProductMetadata, Uuid } from '../formats.ts';
import { CHECK_DIGIT_RULES } from '../lines/read-serial.ts';
import { Country } from './countries.ts';

/** What kind of thing a product is: Travel B2B 1.7 `ProductLight.type`. */
export const ProductType = Type.Enum(['topup', 'eSim', 'simCard']);
export type ProductType = Static<typeof ProductType>;

/** What the line gets, where that is another currency than what is charged. */
export const Denomination = Type.Object(
  { amount: Type.Number({ exclusiveMinimum: 0 }), currency: Type.String({ pattern: '^[A-Z]{3}$' }) },
  {
    additionalProperties: false,
    description: 'What the line gets, where that is another currency than what is charged',
  },
);
export type Denomination = Static<typeof Denomination>;

/** Travel B2B 1.7 `ProductLight`: what a supplier delivers. */
export const ProductLight = Type.Object(
  {
    id: Uuid,
    name: Type.String({ description: 'Added: what the operator calls it' }),
    type: ProductType,
    supplier_id: Uuid,
    coverage_zone: Type.Array(Country),
    tags: Type.Array(Type.String()),
    reference_currency: Type.String({ description: 'ISO 4217' }),
    bonus_value: Amount,
    metadata: ProductMetadata,
    line_kind: Type.Optional(
      Type.Enum(['msisdn', 'simId'], { description: 'Added: how an order names the line; absent for an eSIM' }),
    ),
    sim_check_digit: Type.Optional(
      Type.Enum(CHECK_DIGIT_RULES, {
        description: 'Added: whether the serial of a SIM is refused or only told where its check digit does not agree',
      }),
    ),
    line_country: Type.Optional(
      Type.String({ description: 'Added: of which country a number has to be (ISO 3166-1 alpha-2)' }),
    ),
    network: Type.Optional(Type.String({ description: 'Added: the network that it recharges, where that is known' })),
    denomination: Type.Optional({
      ...Denomination,
      description: 'Added: what the line gets, where that is another currency than what is charged',
    }),
  },
  { title: 'ProductLight' },
);
export type ProductLight = Static<typeof ProductLight>;

export const FeesType = Type.Enum(['percent', 'value']);

/** Whether an offer is sold. */
export const SaleStatus = Type.String({
  description:
    'Added: `available`, or why it is not sold: `expired`, `withdrawn` or another word for its product, or `price_changed` where the operator has to look at its price',
});

/** What an offer costs, and how that comes about. */
const price = {
  resell_value: { ...Amount, description: 'What the operator charges the distributor' },
  distributor_fees: { ...Amount, description: "The distributor's fee: an amount, or a percentage of resell_value" },
  distributor_fees_type: FeesType,
  public_price: { ...Amount, description: 'Added: what the end customer pays, resell_value and the fee' },
  margin: { ...Amount, description: 'Added: what the distributor keeps of public_price' },
};

/** Travel B2B 1.7 `OfferLight`: what a distributor may sell, at which price, and how many units are left. */
export const OfferLight = Type.Object(
  {
    id: Uuid,
    name: Type.String(),
    product: ProductLight,
    distributor_id: Uuid,
    bucket: Type.Integer({ description: 'Units in stock, ready to be sold' }),
    last_bucket_update: DateTime,
    bucket_update_date: DateTime,
    creation_date: DateTime,
    update_date: DateTime,
    expiration_date: Type.Optional(DateTime),
    status: SaleStatus,
    ...price,
    distribution_fees: { ...Amount, description: 'The same as distributor_fees' },
    distribution_fees_type: FeesType,
    tags: Type.Array(Type.String()),
    metadata: Type.Optional(Metadata),
  },
  { title: 'OfferLight' },
);
export type OfferLight = Static<typeof OfferLight>;

/** Travel B2B 1.7 `OfferEditableParameters`: what a distributor may change. `resell_value` is not among it. */
export const OfferEditableParameters = Type.Object(
  {
    name: Type.Optional(PlainText),
    distributor_fees: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1_000_000,
        description: "Exact to the currency's minor unit; as a percentage, with at most four digits behind the point",
      }),
    ),
    distributor_fees_type: Type.Optional(FeesType),
    metadata: Type.Optional(Metadata),
  },
  { title: 'OfferEditableParameters', additionalProperties: false, minProperties: 1 },
);
export type OfferEditableParameters = Static<typeof OfferEditableParameters>;

/** What an offer cost from some moment on. */
export const PriceVersion = Type.Object(
  {
    version: Type.Integer({ minimum: 1 }),
    since: DateTime,
    name: Type.String(),
    ...price,
    currency: Type.String({ description: 'ISO 4217' }),
  },
  { title: 'PriceVersion' },
);
export type PriceVersion = Static<typeof PriceVersion>;
