import Type, { type Static } from 'typebox';
import { DateTime, Uuid } from '../formats.ts';
import { Balances } from './bookings.ts';

/** A fault in a bucket's ledger, and its place. */
export const LedgerFault = Type.Object(
  {
    distributor_id: Uuid,
    offer_id: Uuid,
    kind: Type.Enum([
      'missing_movement',
      'changed_movement',
      'broken_chain',
      'wrong_balance',
      'missing_for_transaction',
      'without_transaction',
      'changed_statement',
    ]),
    seq: Type.Optional(Type.Integer({ description: 'The number of the movement' })),
    transaction_id: Type.Optional(Uuid),
    detail: Type.String(),
  },
  { title: 'LedgerFault' },
);
export type LedgerFault = Static<typeof LedgerFault>;

/** The proof of the ledger: without faults, granted = available + held + sold in every bucket, row by row. */
export const LedgerReport = Type.Object(
  {
    verified: Type.Boolean({ description: 'True without faults' }),
    date: DateTime,
    buckets: Type.Integer(),
    movements: Type.Integer(),
    transactions: Type.Integer(),
    sums: Balances,
    faults: Type.Array(LedgerFault, { description: 'The first 100' }),
  },
  { title: 'LedgerReport' },
);
export type LedgerReport = Static<typeof LedgerReport>;

/** What is told of a proof that somebody follows: how far it is, and at last what came of it. */
export type LedgerProofStep =
  | { type: 'progress'; movements: number; of: number }
  | { type: 'report'; report: LedgerReport };

/** An offer's stock at some instant. */
export const StockAt = Type.Object(
  { offer_id: Uuid, distributor_id: Uuid, date: DateTime, bucket: Balances },
  { title: 'StockAt' },
);
export type StockAt = Static<typeof StockAt>;
