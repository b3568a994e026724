import Type, { type Static } from 'typebox';
import { DateTime } from './formats.ts';

/** Travel B2B 1.7 `Country`. */
export const Country = Type.Object(
  {
    iso_code: Type.String({ description: 'ISO 3166-1 alpha-2' }),
    name: Type.String(),
    phone_prefix: Type.Integer({ description: 'The calling code (ITU-T E.164); 0 where a territory has none' }),
    flag: Type.String({ description: 'The flag as an emoji' }),
  },
  { title: 'Country' },
);
export type Country = Static<typeof Country>;

/** Travel B2B 1.7 `Currency`. Rates are absent as long as none is known. */
export const Currency = Type.Object(
  {
    iso_code: Type.String({ description: 'ISO 4217' }),
    name: Type.String(),
    euro_exchange_rate: Type.Optional(Type.Number({ description: 'What one euro is worth in this currency' })),
    us_dollar_exchange_rate: Type.Optional(
      Type.Number({ description: 'What one US dollar is worth in this currency' }),
    ),
    last_change: Type.Optional({ ...DateTime, description: 'When the rates last changed' }),
  },
  { title: 'Currency' },
);
export type Currency = Static<typeof Currency>;
