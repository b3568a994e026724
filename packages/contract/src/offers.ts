import Type, { type Static } from 'typebox';
import { Amount, DateTime, Metadata, Uuid } from './formats.ts';

/** Travel B2B 1.7 `Country`. */
export const Country = Type.Object({
  iso_code: Type.String({ description: 'ISO 3166-1 alpha-2' }),
  name: Type.String(),
  phone_prefix: Type.Integer({ description: 'The calling code (ITU-T E.164)' }),
  flag: Type.String({ description: 'The flag as an emoji' }),
});
export type Country = Static<typeof Country>;

/** What kind of thing a product is: Travel B2B 1.7 `ProductLight.type`. */
export const ProductType = Type.Enum(['topup', 'eSim', 'simCard']);

/** Travel B2B 1.7 `ProductLight`: what a supplier delivers. */
export const ProductLight = Type.Object({
  id: Uuid,
  name: Type.String(),
  type: ProductType,
  supplier_id: Uuid,
  coverage_zone: Type.Array(Country),
  tags: Type.Array(Type.String()),
  reference_currency: Type.String({ description: 'ISO 4217' }),
  bonus_value: Amount,
  metadata: Metadata,
});
export type ProductLight = Static<typeof ProductLight>;

export const FeesType = Type.Enum(['percent', 'value']);

/** Travel B2B 1.7 `OfferLight`: what a distributor may sell, at which price, and how many units are left. */
export const OfferLight = Type.Object({
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
  resell_value: Amount,
  distributor_fees: Amount,
  distributor_fees_type: FeesType,
  distribution_fees: Amount,
  distribution_fees_type: FeesType,
  tags: Type.Array(Type.String()),
  metadata: Metadata,
});
export type OfferLight = Static<typeof OfferLight>;
