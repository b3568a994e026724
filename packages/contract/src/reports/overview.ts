import Type, { type Static } from 'typebox';
import { World } from '../distributors/distributors.ts';
import { Amount, DateTime, Uuid } from '../formats.ts';
import { REASONS, type Reason } from '../reasons.ts';
import { TransactionPage } from '../sales/transaction-filters.ts';
import { OVERVIEW_TABLES } from './overview-tables.ts';

/** An amount, and of what. */
export const Money = Type.Object({ amount: Amount, currency: Type.String({ examples: ['EUR'] }) }, { title: 'Money' });
export type Money = Static<typeof Money>;

const figures = {
  orders: Type.Integer({ description: 'Orders that took a unit: those of the next four' }),
  ok: Type.Integer({ description: 'Sold' }),
  ko: Type.Integer({ description: 'Not delivered: the unit was given back' }),
  expired: Type.Integer({ description: 'Given up: the unit was given back' }),
  pending: Type.Integer({ description: 'Not known yet: the unit is held' }),
  refused: Type.Integer({
    description:
      'Orders beyond these that took no unit, say because none was left; those that an outage has cut off do not count',
  }),
  value: Type.Array(Money, {
    description: 'What was sold, by currency, at the resell value of each sale',
  }),
};

/** How orders fared. An order belongs to the hour in which it was made, whenever it came to its end. */
export const OverviewFigures = Type.Object(figures, { title: 'OverviewFigures' });
export type OverviewFigures = Static<typeof OverviewFigures>;

const compared = {
  ...figures,
  compared: { ...OverviewFigures, description: 'What of these is compared: that of the hours that are over' },
  previous: { ...OverviewFigures, description: 'With what: that of the same hours, in the period before' },
};

export const OverviewPoint = Type.Object(
  { date: { ...DateTime, description: 'Its first instant' }, ...figures },
  { title: 'OverviewPoint' },
);
export type OverviewPoint = Static<typeof OverviewPoint>;

const whose = { offer_id: Uuid, offer_name: Type.String(), distributor_id: Uuid, distributor_name: Type.String() };

export const OverviewOffer = Type.Object(
  { ...whose, supplier_id: Uuid, supplier_name: Type.String(), ...compared },
  { title: 'OverviewOffer' },
);
export type OverviewOffer = Static<typeof OverviewOffer>;

const latency = (share: string) =>
  Type.Optional(
    Type.Integer({ description: `${share} of its answers took no longer, in milliseconds, to about a fifth` }),
  );

export const OverviewSupplier = Type.Object(
  {
    supplier_id: Uuid,
    supplier_name: Type.String(),
    ...compared,
    answers: Type.Integer({ description: 'Recharges that it answered, well or not' }),
    unanswered: Type.Integer({ description: 'Calls without an answer, or to a supplier out of order' }),
    median_ms: latency('Half'),
    p95_ms: latency('95 %'),
  },
  { title: 'OverviewSupplier' },
);
export type OverviewSupplier = Static<typeof OverviewSupplier>;

export const OverviewReason = Type.Object(
  {
    reason: Type.Enum(Object.keys(REASONS) as Reason[]),
    ended: Type.Integer({ description: 'Orders whose unit was given back' }),
    refused: Type.Integer({ description: 'Orders that took no unit' }),
    previous: Type.Integer({ description: 'Both, in the `previous` period' }),
  },
  { title: 'OverviewReason' },
);
export type OverviewReason = Static<typeof OverviewReason>;

export const OverviewStockOut = Type.Object(
  {
    ...whose,
    times: Type.Array(
      Type.Object({
        from: DateTime,
        to: Type.Optional({ ...DateTime, description: 'Absent: it still is empty' }),
      }),
      { description: 'When it was empty, newest first; the last 100' },
    ),
    seconds: Type.Integer({ description: 'For how long, within the period' }),
    refused: Type.Integer({ description: 'Orders that were refused because no unit was left' }),
    missed_units: Type.Optional(
      Type.Number({
        description:
          'An estimate of what would have been sold: the pace of the forecast over that time. Absent where too little was ever sold',
      }),
    ),
    missed_value: Type.Optional({ ...Money, description: 'What these would have cost' }),
  },
  { title: 'OverviewStockOut' },
);
export type OverviewStockOut = Static<typeof OverviewStockOut>;

/** The sales that turned out otherwise after their end. They belong to the hour in which that was booked. */
export const OverviewChange = Type.Object(
  {
    orders: Type.Integer(),
    value: Type.Array(Money, { description: 'By currency, at the resell value of each sale' }),
  },
  { title: 'OverviewChange' },
);
export type OverviewChange = Static<typeof OverviewChange>;

const Span = Type.Object({ from: DateTime, to: { ...DateTime, description: 'The first instant after it' } });

/** How sales went over a period, and over the one before. */
export const Overview = Type.Object(
  {
    ...Span.properties,
    step: Type.Enum(['hour', 'day']),
    compared: { ...Span, description: 'What of it is compared: its hours that are over' },
    previous: { ...Span, description: 'With what: the same hours, whole days earlier' },
    totals: Type.Object(compared),
    reversed: {
      ...OverviewChange,
      description:
        'Reversals booked in the period, whenever the sales were made. These stay in the figures of when they were sold',
    },
    delivered_late: {
      ...OverviewChange,
      description:
        'The same of sales that had come to nothing and proved delivered: not among those that count as sold',
    },
    points: Type.Array(OverviewPoint),
    offers: Type.Array(OverviewOffer, { description: 'Those that were ordered; most orders first, 1,000 at most' }),
    suppliers: Type.Array(OverviewSupplier),
    reasons: Type.Array(OverviewReason, { description: 'Why orders came to nothing, most frequent first' }),
    stock_outs: Type.Array(OverviewStockOut, { description: 'Longest first, 50 at most' }),
    waiting: Type.Object(
      {
        parked_orders: Type.Integer({ description: 'Orders that wait for a unit' }),
        sale_previews: Type.Integer({ description: 'Sales that agents want to make, and that nobody has released' }),
      },
      { description: 'What waits now, whatever the period' },
    ),
  },
  { title: 'Overview' },
);
export type Overview = Static<typeof Overview>;

/** The period of an overview. */
export const OverviewQuery = Type.Object({
  from: Type.Optional(
    Type.String({
      description: 'A UTC day or an instant (RFC 3339), from its hour on; 30 days before `to` unless told',
      examples: ['2026-10-01'],
    }),
  ),
  to: Type.Optional(
    Type.String({
      description: 'A UTC day, included whole, or an instant, with its hour; now unless told',
      examples: ['2026-10-31'],
    }),
  ),
  step: Type.Optional(
    Type.Enum(['hour', 'day'], {
      description: 'By the hour for up to 2 days unless told (7 at most), else by the day of UTC (366 at most)',
    }),
  ),
});
export type OverviewQuery = Static<typeof OverviewQuery>;

/** Which table of it, for whoever takes it as a sheet. */
const OverviewSheet = {
  table: Type.Optional(
    Type.Enum(OVERVIEW_TABLES, { description: 'Of a sheet: which table it has; `offers` unless told' }),
  ),
  for: TransactionPage.properties.for,
};
export const OwnOverviewQuery = Type.Object({ ...OverviewQuery.properties, ...OverviewSheet });

/** The same, and of whom. */
export const OperatorOverviewQuery = Type.Object({
  ...OverviewQuery.properties,
  ...OverviewSheet,
  distributor: Type.Optional({ ...Uuid, description: 'Only of this distributor' }),
  world: Type.Optional({
    ...World,
    description: 'Of all distributors of this world, where none is named; live unless told',
  }),
});
