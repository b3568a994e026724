import {
  EVENT_VERSION,
  type Event,
  type Language,
  type OperatorEvent,
  type OwnMessages,
  wireDate,
} from '@opentopup/contract';
import type { Context } from '../context.ts';
import { esimNumbers } from '../esims/profiles.ts';
import { readTransactions } from '../sales/transactions/read-transactions.ts';
import type { TransactionRow } from '../sales/transactions/transactions.query.ts';
import { wireTransaction } from '../sales/transactions/transactions.wire.ts';
import type { EventRow } from './events.query.ts';

/** An event as it is told, beside its row. */
export interface ShownEvent {
  row: EventRow;
  event: Event | OperatorEvent;
}

/** An example is of no transaction, whatever it tells. */
export const isOfTransaction = ({ kind, example }: Pick<EventRow, 'kind' | 'example'>): boolean =>
  kind.startsWith('transaction.') && !example;

/** Gives the transaction without what has become known after its end, up to a late delivery. */
function asResolved(transaction: TransactionRow, { isLate }: { isLate: boolean }): TransactionRow {
  const { change } = transaction;
  if (!change) return transaction;
  const { late_delivery, resolved } = change;
  if (isLate && late_delivery) {
    const { at, booked_at } = late_delivery;
    const ended = booked_at === null ? resolved : ({ status: 'ok', reason: null, message: null } as const);
    const changed_at = new Date(booked_at ?? at);
    return { ...transaction, ...ended, changed_at, change: { ...change, reversal: null } };
  }
  const { at, ...ended } = resolved;
  return { ...transaction, ...ended, changed_at: new Date(at), change: null };
}

/** Gives the transaction as it was when the event happened: what came later is told by another one. */
function asOf({ kind, at }: EventRow, transaction: TransactionRow): TransactionRow {
  if (kind !== 'transaction.pending') {
    return transaction.kyc_deadline ? { ...transaction, kyc_status: 'pending' } : transaction;
  }
  return {
    ...transaction,
    status: 'pending',
    reason: null,
    changed_at: at,
    esim_sealed: null,
    has_pin: false,
    kyc_deadline: null,
  };
}

/** Its end came at the same moment as the word that it is pending, and may have been told before. */
const isOvertaken = ({ kind, at }: EventRow, { status, changed_at }: TransactionRow): boolean =>
  kind === 'transaction.pending' && status !== 'pending' && changed_at <= at;

/** Events as they are told, in the same order; what is overtaken is left out. */
export async function showEvents(ctx: Context, rows: readonly EventRow[], language: Language): Promise<ShownEvent[]> {
  const ofTransactions = rows.filter(isOfTransaction);
  const { catalogue } = ctx.store;
  const ids = ofTransactions.map(({ distributor_id, subject_id }) => ({ distributor_id, id: subject_id }));
  const found = ids.length > 0 ? await readTransactions(ctx.store, ids) : [];
  const transactions = new Map(found.map((transaction) => [transaction.id, transaction]));
  const sellers = new Set(ids.map(({ distributor_id }) => distributor_id));
  const own = new Map<string, OwnMessages>();
  for (const id of sellers) own.set(id, (await catalogue.distributor(id))?.own_messages ?? {});

  const dataOf = (row: EventRow): object | null => {
    if (!isOfTransaction(row)) return row.data;
    const transaction = transactions.get(row.subject_id);
    if (!transaction) throw new Error('an event is about a transaction that does not exist');
    const isReversed = row.kind === 'transaction.reversed';
    const known = isReversed
      ? transaction
      : asResolved(transaction, { isLate: row.kind === 'transaction.delivered_late' });
    if (isOvertaken(row, known)) return null;
    const then = asOf(row, known);
    return wireTransaction(then, { language, own: own.get(row.distributor_id), esim: esimNumbers(ctx, then) });
  };
  return rows.flatMap((row) => {
    const data = dataOf(row);
    const { id, kind, at, example } = row;
    return data
      ? [
          {
            row,
            event: {
              id,
              type: kind,
              version: EVENT_VERSION,
              created: wireDate(at),
              ...(example && { example }),
              data,
            } as Event | OperatorEvent,
          },
        ]
      : [];
  });
}
