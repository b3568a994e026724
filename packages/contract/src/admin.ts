import Type, { type Static } from 'typebox';
import { DateTime, Uuid } from './formats.ts';

/** The most units one bucket may ever be granted: sums stay exact integers in JSON. */
export const MAX_UNITS = 1_000_000_000_000;

/** `POST /admin/v1/offers/{id}/grants`: puts units into an offer's bucket. */
export const GrantCreation = Type.Object(
  {
    units: Type.Integer({ minimum: 1, maximum: MAX_UNITS }),
    reference: Type.String({
      minLength: 1,
      maxLength: 255,
      pattern: '^[^\\u0000-\\u001f]*$',
      description: "The operator's own reference. The same one is booked once: repeating it answers the first grant",
    }),
    justification: Type.String({
      minLength: 1,
      maxLength: 1000,
      pattern: '^[^\\u0000]*$',
      description: 'Why, in words; kept with the ledger',
    }),
  },
  { additionalProperties: false },
);
export type GrantCreation = Static<typeof GrantCreation>;

/** The booked grant, and the bucket as it stands now. */
export const GrantAnswer = Type.Object({
  offer_id: Uuid,
  distributor_id: Uuid,
  units: Type.Integer(),
  reference: Type.String(),
  justification: Type.String(),
  creation_date: DateTime,
  bucket: Type.Object({
    granted: Type.Integer(),
    available: Type.Integer(),
    held: Type.Integer(),
    sold: Type.Integer(),
  }),
});
export type GrantAnswer = Static<typeof GrantAnswer>;
