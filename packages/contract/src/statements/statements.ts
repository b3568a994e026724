import Type, { type Static } from 'typebox';
import { World } from '../distributors/distributors.ts';
import { Amount, DateTime, Email, TimeZone, Uuid } from '../formats.ts';
import { DocumentSignature } from '../signing/signing.ts';
import { StatementTotal, VatShare } from './vat.ts';

/** A day of the calendar, as in `2026-11-30`. */
export const CalendarDay = Type.String({ pattern: String.raw`^\d{4}-\d{2}-\d{2}$`, examples: ['2026-12-01'] });

const Hash = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256, in hexadecimal' });
const units = (description: string) => Type.Integer({ description });

/** What became of units at one price: it is that of the sale, whatever the offer costs now. */
export const StatementSales = Type.Object(
  {
    resell_value: { ...Amount, description: 'The price of one' },
    distributor_fees: { ...Amount, description: 'Your own fee on one' },
    ...VatShare.properties,
    sold: units('Sold in this time'),
    delivered_late: units('Sales that had come to nothing and proved delivered'),
    reversed: units('Sales, of whatever time, that were reversed in this one'),
    value: { ...Amount, description: 'Of what was sold and delivered late, less what was reversed' },
    fees: Amount,
  },
  { title: 'StatementSales' },
);
export type StatementSales = Static<typeof StatementSales>;

/** An offer in a statement. Opening and closing stock are the units available and held. */
export const StatementOffer = Type.Object(
  {
    offer_id: Uuid,
    offer_name: Type.String(),
    currency: Type.String({ description: 'ISO 4217' }),
    opening: units('Units at the beginning'),
    granted: units('Units that the operator put in'),
    adjusted: units('Units that the operator added or took away to mend a count'),
    sold: units('Units sold'),
    delivered_late: units('Units for sales that had come to nothing and proved delivered'),
    reversed: units('Units of sales that were reversed: they came back'),
    closing: units('Units at the end: opening + granted + adjusted - sold - delivered_late + reversed'),
    held: units('Of which held for sales without an outcome yet'),
    owed: units('Units still missing for sales that proved delivered'),
    sales: Type.Array(StatementSales),
    cut: Type.Object(
      {
        seq: Type.Integer({ description: 'The number of the last movement in this statement' }),
        head: { ...Hash, description: 'The hash of all movements up to it' },
      },
      { description: 'Where the ledger of the offer was cut' },
    ),
  },
  { title: 'StatementOffer' },
);
export type StatementOffer = Static<typeof StatementOffer>;

/** Units that were put in or taken away. */
export const StatementBooking = Type.Object(
  {
    offer_id: Uuid,
    kind: Type.Enum(['grant', 'adjust']),
    units: Type.Integer(),
    reference: Type.String(),
    date: DateTime,
  },
  { title: 'StatementBooking' },
);
export type StatementBooking = Static<typeof StatementBooking>;

/** So many bookings a statement lists, and tells how many more there are: these are among its lines. */
export const MOST_BOOKINGS = 10_000;

/** A statement as it was frozen. */
export const StatementDocument = Type.Object(
  {
    type: Type.Literal('statement'),
    title: Type.Literal('Statement, not an invoice'),
    id: Uuid,
    number: Type.Integer({ description: 'Counts the statements of the distributor, without gaps' }),
    distributor_id: Uuid,
    distributor_name: Type.String(),
    world: World,
    first_day: CalendarDay,
    last_day: CalendarDay,
    time_zone: Type.String({ description: 'In which days begin and end' }),
    from: DateTime,
    before: { ...DateTime, description: 'The first instant after it' },
    closing_date: DateTime,
    previous_hash: Type.Optional({ ...Hash, description: 'The hash of the statement before' }),
    offers: Type.Array(StatementOffer),
    bookings: Type.Array(StatementBooking, {
      description: `Grants and adjustments, in the order of the offers: the first ${MOST_BOOKINGS}`,
    }),
    bookings_left_out: Type.Optional(
      Type.Integer({ description: 'How many more there are: all of them are among the lines, as CSV' }),
    ),
    totals: Type.Array(StatementTotal),
  },
  { title: 'StatementDocument' },
);
export type StatementDocument = Static<typeof StatementDocument>;

/** A statement with its signature: the file that proves itself. */
export const SignedStatement = Type.Object(
  { document: StatementDocument, signature: DocumentSignature },
  { title: 'SignedStatement' },
);
export type SignedStatement = Static<typeof SignedStatement>;

/** A statement in a list. */
export const Statement = Type.Object(
  {
    id: Uuid,
    distributor_id: Uuid,
    distributor_name: Type.String(),
    status: Type.Enum(['closing', 'closed'], {
      description: '`closing`: the ledger is being read; `closed`: frozen, for good',
    }),
    number: Type.Optional(Type.Integer({ description: 'Once it is closed' })),
    first_day: CalendarDay,
    last_day: CalendarDay,
    closing_date: Type.Optional(DateTime),
    hash: Type.Optional({ ...Hash, description: 'SHA-256 of the canonical JSON of the document' }),
    totals: Type.Optional(Type.Array(StatementTotal)),
    progress: Type.Optional(
      Type.Object(
        { movements: Type.Integer(), done: Type.Integer() },
        { description: 'How many movements there are to be read, and how many were' },
      ),
    ),
  },
  { title: 'Statement' },
);
export type Statement = Static<typeof Statement>;

/** The wish that a statement is closed. */
export const StatementClosing = Type.Object(
  {
    distributor_id: Uuid,
    before: Type.Optional({
      ...CalendarDay,
      description:
        'The first day after it, in the time zone of the distributor; without it, it ends with the month in which it begins. It begins where the one before has ended',
    }),
  },
  { title: 'StatementClosing', additionalProperties: false },
);
export type StatementClosing = Static<typeof StatementClosing>;

/** A distributor's choices for its statements. */
export const StatementSettings = Type.Object(
  {
    time_zone: Type.Union([TimeZone, Type.Null()], {
      description: 'In which months begin and end; null: that of the operator (`BUSINESS_TIME_ZONE`)',
    }),
    emails: Type.Array(Email, {
      maxItems: 5,
      description: 'Who is written to when a statement is closed, where the operator has set up e-mail',
    }),
  },
  { title: 'StatementSettings' },
);
export type StatementSettings = Static<typeof StatementSettings>;

export const StatementSettingsChange = Type.Partial(StatementSettings, {
  title: 'StatementSettingsChange',
  additionalProperties: false,
  minProperties: 1,
});
export type StatementSettingsChange = Static<typeof StatementSettingsChange>;
