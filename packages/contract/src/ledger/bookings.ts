import Type, { type Static } from 'typebox';
import { DateTime, Uuid } from '../formats.ts';
import { LINES, TRIMMED_LINE } from '../plain-text.ts';

/** The most units one bucket may ever be granted: sums stay exact integers in JSON. */
export const MAX_UNITS = 1_000_000_000_000;

const reference = Type.String({
  minLength: 1,
  maxLength: 255,
  pattern: TRIMMED_LINE,
  description:
    "The operator's own reference, without blanks at its ends. The same one is booked once: repeating it answers the first booking",
});
const justification = Type.String({
  minLength: 1,
  maxLength: 1000,
  pattern: LINES,
  description: 'Why, in words; kept with the ledger',
});

/** A booking that puts units into an offer's bucket. */
export const GrantCreation = Type.Object(
  { units: Type.Integer({ minimum: 1, maximum: MAX_UNITS }), reference, justification },
  { title: 'GrantCreation', additionalProperties: false },
);
export type GrantCreation = Static<typeof GrantCreation>;

/** A booking that corrects a bucket: adds units, or takes away some that are still available. */
export const AdjustmentCreation = Type.Object(
  {
    units: Type.Integer({ minimum: -MAX_UNITS, maximum: MAX_UNITS, description: 'Not 0; below 0 takes units away' }),
    reference,
    justification,
  },
  { title: 'AdjustmentCreation', additionalProperties: false },
);
export type AdjustmentCreation = Static<typeof AdjustmentCreation>;

/** A bucket's counters: granted = available + held + sold. */
export const Balances = Type.Object(
  { granted: Type.Integer(), available: Type.Integer(), held: Type.Integer(), sold: Type.Integer() },
  { title: 'Balances' },
);
export type Balances = Static<typeof Balances>;

/** A booked grant or adjustment, and the bucket as it stands now. */
export const Booking = Type.Object(
  {
    offer_id: Uuid,
    distributor_id: Uuid,
    units: Type.Integer(),
    reference: Type.String(),
    justification: Type.String(),
    creation_date: DateTime,
    settled: Type.Optional(
      Type.Integer({ description: 'Units that went at once to sales that were owed one (`late_delivery`)' }),
    ),
    bucket: Balances,
  },
  { title: 'Booking' },
);
export type Booking = Static<typeof Booking>;

/** One entry of the ledger. */
export const Movement = Type.Object(
  {
    seq: Type.Integer({ description: 'Its number within the bucket, without gaps' }),
    kind: Type.Enum(['grant', 'adjust', 'hold', 'release', 'sell', 'return', 'late_delivery']),
    units: Type.Integer(),
    date: DateTime,
    transaction_id: Type.Optional(Uuid),
    reference: Type.Optional(Type.String()),
    justification: Type.Optional(Type.String()),
  },
  { title: 'Movement' },
);
export type Movement = Static<typeof Movement>;
