import Type, { type Static } from 'typebox';
import { Amount, DateTime } from '../formats.ts';

const rate = Type.Number({ minimum: 0, maximum: 100, description: 'In percent' });
const included = Type.Boolean({ description: 'True where `resell_value` has it in it' });

/** The VAT of sales, where there is any. */
export const VatShare = Type.Object({ vat_rate: Type.Optional(rate), vat_included: Type.Optional(included) });

/** What sales of one currency and VAT rate come to. VAT is rounded once, here. */
export const StatementTotal = Type.Object(
  {
    currency: Type.String({ description: 'ISO 4217' }),
    vat_rate: VatShare.properties.vat_rate,
    units: Type.Integer({ description: 'Sold and delivered late, less reversed' }),
    fees: { ...Amount, description: 'Your own, on top of it' },
    net: { ...Amount, description: 'Without VAT' },
    vat: Type.Optional({ ...Amount, description: 'Absent where there is none' }),
    total: { ...Amount, description: 'With it' },
  },
  { title: 'StatementTotal' },
);
export type StatementTotal = Static<typeof StatementTotal>;

/** The VAT of a product, since when. Orders from then on keep it. */
export const VatRate = Type.Object(
  {
    rate: Type.Union([rate, Type.Null()], { description: 'In percent; null: none' }),
    included,
    since: DateTime,
  },
  { title: 'VatRate' },
);
export type VatRate = Static<typeof VatRate>;

export const VatRateCreation = Type.Object(
  {
    rate: VatRate.properties.rate,
    included: Type.Optional({ ...included, default: true }),
    since: Type.Optional({ ...DateTime, description: 'Not before now, which it is without it' }),
  },
  { title: 'VatRateCreation', additionalProperties: false },
);
export type VatRateCreation = Static<typeof VatRateCreation>;
