import Type, { type Static } from 'typebox';
import type { SupplierAccess } from '../connector.ts';

/** What an operator tells of an account at DT One. */
export const DTONE_SETTINGS = Type.Object(
  {
    base_url: Type.String({
      pattern: String.raw`^https?://[^\s]+$`,
      maxLength: 2_000,
      description: 'The base of its wire, with the version: `https://dvs-api.dtone.com/v1`',
    }),
    currency: Type.Optional(
      Type.String({ pattern: '^[A-Z]{3}$', description: 'Which balance counts, where the account has several' }),
    ),
    conclusive_after_s: Type.Optional(
      Type.Integer({
        minimum: 180,
        maximum: 86_400,
        default: 600,
        description: 'From so long after an order on, a transaction that it does not know will never come',
      }),
    ),
  },
  { additionalProperties: false },
);

/** What a product of a range needs: how much the line gets. One of a fixed value needs nothing. */
export const DTONE_PRODUCT_SETTINGS = Type.Object(
  {
    amount: Type.Optional(Type.Number({ exclusiveMinimum: 0, description: 'What the line gets, in the main unit' })),
    currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$', description: 'In which currency' })),
  },
  { additionalProperties: false, dependentRequired: { amount: ['currency'], currency: ['amount'] } },
);
export type DtoneProductSettings = Static<typeof DTONE_PRODUCT_SETTINGS>;

/** As long as it may keep a connection open, three times and more. */
const CONCLUSIVE_AFTER_S = 600;

/** Gives the settings of a supplier, with what is left out. */
export function dtoneSettings({ settings }: SupplierAccess) {
  const { base_url, currency, conclusive_after_s } = settings as Static<typeof DTONE_SETTINGS>;
  return {
    base_url: base_url.replace(/\/+$/, ''),
    currency: currency ?? null,
    conclusive_after_s: conclusive_after_s ?? CONCLUSIVE_AFTER_S,
  };
}
