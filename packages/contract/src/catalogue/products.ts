import Type, { type Static } from 'typebox';
import { Amount, DateTime, PlainText, ProductMetadata, Uuid } from '../formats.ts';
import { TransactionProductType } from '../sales/transactions.ts';
import { Denomination, ProductType } from './offers.ts';

export const CountryCode = Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2' });
export const CurrencyCode = Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217' });
export const Tags = Type.Array(PlainText, { maxItems: 50 });

/** Settings of a product; which there are is told by the connector of its supplier. */
const ProductSettings = Type.Record(Type.String(), Type.Unknown(), {
  description: "What its supplier's connector needs of it beyond `supplier_reference`",
});
const LineCountry = {
  ...CountryCode,
  description: 'Of which country a number has to be (ISO 3166-1 alpha-2); that of its supplier unless told',
};
export const ProductNetwork = Type.Object(
  { id: PlainText, name: PlainText },
  { additionalProperties: false, description: "The network that it recharges, by the supplier's own id" },
);

const LineKind = Type.Union([Type.Enum(['msisdn', 'simId']), Type.Null()], {
  description: 'What names the line to recharge; null for an eSIM',
});
const ProductStatus = Type.String({
  pattern: '^[a-z][a-z ]{0,31}$',
  description: '`available`, or any other word: then it cannot be sold, and the word is told',
});

/** A product, as the operator sees it. */
export const Product = Type.Object(
  {
    id: Uuid,
    supplier_id: Uuid,
    name: Type.String(),
    type: ProductType,
    transaction_type: TransactionProductType,
    line_kind: LineKind,
    status: Type.String(),
    coverage_zone: Type.Array(Type.String()),
    tags: Type.Array(Type.String()),
    currency: Type.String(),
    bonus_value: Amount,
    supplier_reference: Type.Optional(Type.String({ description: "The supplier's own name for it" })),
    settings: ProductSettings,
    line_country: Type.Optional(LineCountry),
    network: Type.Optional(ProductNetwork),
    denomination: Type.Optional(Denomination),
    metadata: ProductMetadata,
    creation_date: DateTime,
  },
  { title: 'Product' },
);
export type Product = Static<typeof Product>;

export const ProductCreation = Type.Object(
  {
    id: Type.Optional(Uuid),
    supplier_id: Uuid,
    name: PlainText,
    type: ProductType,
    transaction_type: TransactionProductType,
    line_kind: Type.Optional(LineKind),
    status: Type.Optional(ProductStatus),
    coverage_zone: Type.Optional(Type.Array(CountryCode, { maxItems: 300 })),
    tags: Type.Optional(Tags),
    currency: CurrencyCode,
    bonus_value: Type.Optional(Type.Number({ minimum: 0 })),
    supplier_reference: Type.Optional(PlainText),
    settings: Type.Optional(ProductSettings),
    line_country: Type.Optional(LineCountry),
    network: Type.Optional(ProductNetwork),
    denomination: Type.Optional(Denomination),
    metadata: Type.Optional(ProductMetadata),
  },
  { title: 'ProductCreation', additionalProperties: false },
);
export type ProductCreation = Static<typeof ProductCreation>;

/** A product's supplier, type, line, currency and denomination never change: sales were made with them. */
export const ProductChange = Type.Object(
  {
    name: Type.Optional(PlainText),
    status: Type.Optional(ProductStatus),
    coverage_zone: Type.Optional(Type.Array(CountryCode, { maxItems: 300 })),
    tags: Type.Optional(Tags),
    supplier_reference: Type.Optional(PlainText),
    settings: Type.Optional(ProductSettings),
    network: Type.Optional(Type.Union([ProductNetwork, Type.Null()])),
    metadata: Type.Optional(ProductMetadata),
  },
  { title: 'ProductChange', additionalProperties: false, minProperties: 1 },
);
export type ProductChange = Static<typeof ProductChange>;
