import Type, { type Static } from 'typebox';
import { DateTime } from '../formats.ts';

/** Travel B2B 1.7 `Country`. */
export const Country = Type.Object(
  {
    iso_code: Type.String({ description: 'ISO 3166-1 alpha-2; beside it AC, TA and XK, which are in use too' }),
    name: Type.String(),
    phone_prefix: Type.Integer({ description: 'The calling code (ITU-T E.164); 0 where a territory has none' }),
    flag: Type.String({ description: 'The flag as an emoji' }),
  },
  { title: 'Country' },
);
export type Country = Static<typeof Country>;

/**
 * Travel B2B 1.7 `Currency`. Rates that are not known are absent. The published file does not say which way they read,
 * but its example of February 2021 does: the pula at 0.74 and 0.85. A euro was worth more than a dollar then, so this is
 * what one pula is worth; the other way round, the first would be the greater.
 */
export const Currency = Type.Object(
  {
    iso_code: Type.String({ description: 'ISO 4217' }),
    name: Type.String(),
    euro_exchange_rate: Type.Optional(Type.Number({ description: 'What one unit of this currency is worth in euros' })),
    us_dollar_exchange_rate: Type.Optional(
      Type.Number({ description: 'What one unit of this currency is worth in US dollars' }),
    ),
    last_change: Type.Optional({ ...DateTime, description: 'When one of the two rates last changed' }),
  },
  { title: 'Currency' },
);
export type Currency = Static<typeof Currency>;
