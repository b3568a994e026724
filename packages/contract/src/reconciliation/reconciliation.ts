import Type, { type Static } from 'typebox';
import { Amount, DateTime, PlainText, Uuid } from '../formats.ts';
import { LINES } from '../plain-text.ts';
import { ReversalReason } from '../reversals/reversals.ts';
import { Page } from '../service.ts';

const Day = (description: string) => Type.String({ format: 'date', description, examples: ['2026-11-23'] });

/** What is to be compared with what a supplier lists. */
export const ReconciliationCreation = Type.Object(
  {
    supplier_id: Uuid,
    from: Type.Optional(Day('The first day, in the business time zone; yesterday unless told')),
    to: Type.Optional(Day('The last day, included; the first one unless told')),
  },
  { title: 'ReconciliationCreation', additionalProperties: false },
);
export type ReconciliationCreation = Static<typeof ReconciliationCreation>;

const Money = Type.Object({ currency: Type.String({ description: 'ISO 4217' }), amount: Type.Number() });

const BooksOfDay = Type.Object({
  delivered: Type.Integer(),
  cost: Type.Array(Money, { description: 'What was delivered has cost, where that is told' }),
});

/** A day of a reconciliation. */
export const ReconciliationDay = Type.Object(
  {
    date: Day('In the business time zone'),
    ours: BooksOfDay,
    theirs: BooksOfDay,
    agreed: Type.Integer({ description: 'Deliveries that stand in both books alike' }),
    open: Type.Integer({ description: 'Not compared: pending here or there' }),
    differences: Type.Integer(),
  },
  { title: 'ReconciliationDay' },
);
export type ReconciliationDay = Static<typeof ReconciliationDay>;

/** A comparison of our books with those of a supplier. */
export const Reconciliation = Type.Object(
  {
    id: Uuid,
    supplier_id: Uuid,
    supplier_name: Type.String(),
    source: Type.Enum(['list', 'file'], { description: 'What the supplier lists, or a file' }),
    file_name: Type.Optional(Type.String()),
    from: Day('The first day'),
    to: Day('The last day'),
    time_zone: Type.String({ description: 'In which days begin and end' }),
    status: Type.Enum(['running', 'done', 'failed']),
    cause: Type.Optional(Type.String({ description: 'Why it has failed: nothing was kept then' })),
    requested_by: Type.String(),
    creation_date: DateTime,
    end_date: Type.Optional(DateTime),
    compared_from: { ...DateTime, description: 'What was sold before is not compared: the supplier does not list it' },
    compared_before: { ...DateTime, description: 'What was sold then or later is not compared: it is too young' },
    ours: Type.Integer({ description: 'Orders that were compared' }),
    theirs: Type.Integer({ description: 'Transactions of the supplier that were compared' }),
    matched: Type.Object({
      reference: Type.Integer({ description: 'By our reference' }),
      supplier_reference: Type.Integer({ description: "By the supplier's" }),
      line: Type.Integer({ description: 'By line, amount and time: likely, or possible, as each case says' }),
    }),
    open: Type.Integer({ description: 'Not compared: pending here or there' }),
    differences: Type.Integer(),
    new_cases: Type.Integer({ description: 'Differences that no reconciliation before had found' }),
    agrees: Type.Boolean({ description: 'True where it is done and there is no difference' }),
  },
  { title: 'Reconciliation' },
);
export type Reconciliation = Static<typeof Reconciliation>;

/** The same with its days. */
export const ReconciliationDetail = Type.Object(
  { ...Reconciliation.properties, days: Type.Array(ReconciliationDay) },
  { title: 'ReconciliationDetail' },
);
export type ReconciliationDetail = Static<typeof ReconciliationDetail>;

/** The kinds of differences. */
export const DifferenceKind = Type.Enum(
  ['delivered_there_not_sold_here', 'sold_here_not_there', 'other_outcome', 'other_price', 'twice'],
  { description: '`twice`: it was delivered more than once for one order' },
);
export type DifferenceKind = Static<typeof DifferenceKind>;

const CaseEndKind = Type.Enum(['decide', 'reverse', 'book', 'accept'], {
  description:
    '`decide`: a pending sale. `reverse`: a sale that is ok. `book`: a sale that had come to nothing, as a late delivery. ' +
    '`accept`: nothing is changed',
});
export type CaseEndKind = Static<typeof CaseEndKind>;

const side = {
  value: Type.Optional({ ...Amount, description: 'What the line gets' }),
  value_currency: Type.Optional(Type.String()),
  cost: Type.Optional(Type.Number({ description: 'What the supplier charges, in the main unit' })),
  cost_currency: Type.Optional(Type.String()),
  date: DateTime,
};

/** An offer that a lost sale may be of. */
export const FittingOffer = Type.Object(
  { offer_id: Uuid, offer_name: Type.String(), distributor_id: Uuid, distributor_name: Type.String() },
  { title: 'FittingOffer' },
);

/** A difference between our books and those of a supplier, until somebody has ended it. */
export const ReconciliationCase = Type.Object(
  {
    id: Uuid,
    supplier_id: Uuid,
    supplier_name: Type.String(),
    kind: DifferenceKind,
    status: Type.Enum(['open', 'closed']),
    date: { ...DateTime, description: 'When it was sold, or delivered there' },
    creation_date: { ...DateTime, description: 'When it was found first' },
    seen_date: { ...DateTime, description: 'When it was found last' },
    gone_date: Type.Optional({
      ...DateTime,
      description: 'A later reconciliation of that day has not found it any more; a person closes it all the same',
    }),
    reconciliation_id: { ...Uuid, description: 'The one that has found it last' },
    owner: Type.Optional(Type.String({ description: 'Who takes care of it' })),
    transaction_id: Type.Optional(Uuid),
    attempt: Type.Optional(Type.Integer()),
    distributor_id: Type.Optional(Uuid),
    distributor_name: Type.Optional(Type.String()),
    line: Type.Optional(Type.String({ description: 'Masked' })),
    confidence: Type.Enum(['certain', 'likely', 'possible'], {
      description:
        '`likely`: found by line, amount and time, and only this fits. `possible`: others fit too, the nearest was taken',
    }),
    ours: Type.Optional(
      Type.Object({ state: Type.Enum(['delivered', 'refused', 'reversed', 'pending', 'undecided']), ...side }),
    ),
    theirs: Type.Optional(
      Type.Object({
        state: Type.Enum(['delivered', 'refused', 'reversed', 'pending']),
        ...side,
        supplier_reference: Type.Optional(Type.String()),
        reference: Type.Optional(Type.String({ description: 'Ours, as it stands there' })),
      }),
    ),
    offers: Type.Optional(
      Type.Array(FittingOffer, {
        description: 'Of a sale that is not known here: of which offers it may be. In the one case only',
      }),
    ),
    ends: Type.Array(CaseEndKind, { description: 'How it may be ended' }),
    end: Type.Optional(CaseEndKind),
    end_justification: Type.Optional(Type.String()),
    ended_by: Type.Optional(Type.String()),
    end_date: Type.Optional(DateTime),
  },
  { title: 'ReconciliationCase' },
);
export type ReconciliationCase = Static<typeof ReconciliationCase>;

const CaseNote = Type.Object({
  date: DateTime,
  author: Type.String(),
  kind: Type.Optional(
    Type.Enum(['reversal_requested'], {
      description: '`reversal_requested`: a second person has to approve; `text` is its justification. Absent: a note',
    }),
  ),
  text: Type.String(),
});

/** The same with what people have noted. */
export const ReconciliationCaseDetail = Type.Object(
  { ...ReconciliationCase.properties, notes: Type.Array(CaseNote) },
  { title: 'ReconciliationCaseDetail' },
);
export type ReconciliationCaseDetail = Static<typeof ReconciliationCaseDetail>;

const words = Type.String({
  minLength: 1,
  maxLength: 1000,
  pattern: LINES,
  description: 'In words; kept for good, so without data of customers',
});

/** What changes of a case while it is open. */
export const ReconciliationCaseChange = Type.Object(
  {
    owner: Type.Optional(Type.Union([PlainText, Type.Null()], { description: 'Null: nobody' })),
    note: Type.Optional(words),
  },
  { title: 'ReconciliationCaseChange', additionalProperties: false, minProperties: 1 },
);
export type ReconciliationCaseChange = Static<typeof ReconciliationCaseChange>;

/** How a case is ended. */
export const ReconciliationCaseEnd = Type.Object(
  {
    end: CaseEndKind,
    justification: words,
    status: Type.Optional(
      Type.Enum(['ok', 'ko', 'expired'], { description: 'With `decide`: what became of the sale' }),
    ),
    offer_id: Type.Optional({
      ...Uuid,
      description: 'With `book` of a sale that is not known here: of which offer it is',
    }),
    reason: Type.Optional({ ...ReversalReason, description: 'With `reverse`; `not_delivered` unless told' }),
  },
  { title: 'ReconciliationCaseEnd', additionalProperties: false },
);
export type ReconciliationCaseEnd = Static<typeof ReconciliationCaseEnd>;

/** The reconciliations that are asked for. */
export const ReconciliationQuery = Type.Object({ ...Page.properties, supplier: Type.Optional(Uuid) });

/** The cases that are asked for. */
export const ReconciliationCaseQuery = Type.Object({
  ...Page.properties,
  supplier: Type.Optional(Uuid),
  status: Type.Optional(Type.Enum(['open', 'closed'])),
  kind: Type.Optional(DifferenceKind),
  owner: Type.Optional({ ...PlainText, description: 'That this one takes care of', examples: ['ada'] }),
  owned: Type.Optional(Type.Boolean({ description: 'That somebody takes care of; `false`: that nobody does' })),
  reconciliation: Type.Optional({ ...Uuid, description: 'That this one has found last' }),
  transaction: Type.Optional({ ...Uuid, description: 'Of this sale' }),
});

/** What a reconciliation has found that was not known before. */
export const ReconciliationDifference = Type.Object(
  {
    reconciliation_id: Uuid,
    supplier_id: Uuid,
    supplier_name: Type.String(),
    from: Day('The first day'),
    to: Day('The last day'),
    new_cases: Type.Integer(),
    kinds: Type.Array(Type.Object({ kind: DifferenceKind, count: Type.Integer() })),
  },
  { title: 'ReconciliationDifference' },
);
export type ReconciliationDifference = Static<typeof ReconciliationDifference>;
