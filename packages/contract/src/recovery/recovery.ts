import Type, { type Static } from 'typebox';
import { DateTime, Uuid } from '../formats.ts';
import { LINES } from '../plain-text.ts';

/** What was restored. */
export const RecoveryCreation = Type.Object(
  { since: { ...DateTime, description: 'When the backup was made: what was sold from then on is lost' } },
  { title: 'RecoveryCreation', additionalProperties: false },
);
export type RecoveryCreation = Static<typeof RecoveryCreation>;

const SupplierSearch = Type.Object({
  supplier_id: Uuid,
  supplier_name: Type.String(),
  status: Type.Enum(['not_covered', 'running', 'done', 'failed'], {
    description: '`not_covered`: it lists nothing, or was not asked; compare a file of it, from the day of `since` on',
  }),
  cause: Type.Optional(Type.String({ description: 'Why it has failed' })),
  listed_from: Type.Optional({
    ...DateTime,
    description: 'It lists nothing from before: what was sold until then is not covered',
  }),
  listed_before: Type.Optional({
    ...DateTime,
    description: 'It was compared until then: what was sold from then on is not covered',
  }),
});

/** What is done after a restore. */
export const Recovery = Type.Object(
  {
    id: Uuid,
    since: DateTime,
    status: Type.Enum(['open', 'ended'], { description: '`open`: nothing is sold live' }),
    begun_by: Type.String(),
    begin_date: DateTime,
    end_date: Type.Optional(DateTime),
    ended_by: Type.Optional(Type.String()),
    justification: Type.Optional(Type.String()),
    not_covered: Type.Array(Type.String(), {
      description:
        'Names of suppliers that have not told all that they may have delivered in that time; once it is ended, of those that ' +
        'had not by then',
    }),
    suppliers: Type.Array(SupplierSearch),
    lost: Type.Object(
      {
        one_offer: Type.Integer({ description: 'One offer fits: they can be booked at once' }),
        several_offers: Type.Integer({ description: 'Somebody has to say of which offer they are' }),
        no_offer: Type.Integer(),
      },
      { description: 'Sales that suppliers have delivered under our references and that are not known here: cases' },
    ),
    booked: Type.Integer(),
  },
  { title: 'Recovery' },
);
export type Recovery = Static<typeof Recovery>;

/** What was booked of what is lost. */
export const RecoveryBookings = Type.Object(
  {
    booked: Type.Integer(),
    refused: Type.Array(Type.Object({ case_id: Uuid, reason: Type.String(), description: Type.String() }), {
      description: 'All that could not be: `bucket_empty` where a grant is lost, too',
    }),
    next: Type.Optional({ ...Uuid, description: 'There are more behind this case: ask again with it as `after`' }),
    recovery: Recovery,
  },
  { title: 'RecoveryBookings' },
);
export type RecoveryBookings = Static<typeof RecoveryBookings>;

/** Which lost sales are booked. */
export const RecoveryBookingQuery = Type.Object({
  after: Type.Optional({ ...Uuid, description: 'Only those behind this case, the `next` of the answer before' }),
});

/** The end of what is done after a restore. */
export const RecoveryEnd = Type.Object(
  {
    justification: Type.String({
      minLength: 1,
      maxLength: 1000,
      pattern: LINES,
      description:
        'In words, also why each supplier of `not_covered`, by its name, may be left out; kept for good, so without data of ' +
        'customers',
    }),
  },
  { title: 'RecoveryEnd', additionalProperties: false },
);
export type RecoveryEnd = Static<typeof RecoveryEnd>;
