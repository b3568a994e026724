import Type, { type Static } from 'typebox';
import { DateTime, Uuid } from '../formats.ts';
import { Identification } from '../sales/transactions.ts';

/** An eSIM whose user has to be identified. */
export const IdentificationCase = Type.Object(
  {
    transaction_id: Uuid,
    offer_name: Type.String(),
    user_id: Type.Optional(Type.String()),
    sale_date: DateTime,
    ...Identification.properties,
    reminders: Type.Integer({ description: 'How often its user was reminded' }),
    last_reminder_date: Type.Optional(DateTime),
  },
  { title: 'IdentificationCase' },
);
export type IdentificationCase = Static<typeof IdentificationCase>;
