import Type, { type Static } from 'typebox';

const Url = (description: string) => Type.String({ pattern: '^https?://[^\\s]+$', maxLength: 2_000, description });

/** What an operator tells of another Travel B2B server. */
export const TRAVEL_B2B_SETTINGS = Type.Object(
  {
    base_url: Url('The base of its wire: `https://api.orange.com/travel-b2b/v1`, or that of an OpenTopup'),
    token_url: Type.Optional(Url('Where its tokens are made; `/oauth/v3/token` on the same server unless told')),
    client_id: Type.String({ minLength: 1, maxLength: 255 }),
    supplier_id: Type.Optional(
      Type.String({ format: 'uuid', description: 'Which of its suppliers is meant; needed for questions about SIMs' }),
    ),
    conclusive_after_s: Type.Optional(
      Type.Integer({
        minimum: 5,
        maximum: 86_400,
        default: 120,
        description:
          'From so long after an order on, a transaction that it does not know will never come: longer than any request may be under way',
      }),
    ),
  },
  { additionalProperties: false },
);
export type TravelB2BSettings = Static<typeof TRAVEL_B2B_SETTINGS>;

export const CONCLUSIVE_AFTER_S = 120;
