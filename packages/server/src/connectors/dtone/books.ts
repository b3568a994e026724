import Type, { type Static } from 'typebox';
import { SupplierFault } from '../call.ts';
import type { SupplierAccess } from '../connector.ts';
import type { BooksSpan, SupplierTransaction } from '../supplier-books.ts';
import { MEANINGS } from './meanings.ts';
import { sumOf } from './outcomes.ts';
import { readAll } from './pages.ts';

const Money = Type.Object({ unit: Type.String(), amount: Type.Number() });
const BookedTransaction = Type.Object({
  id: Type.Integer({ minimum: 1 }),
  external_id: Type.String(),
  creation_date: Type.String(),
  status: Type.Object({ class: Type.Object({ message: Type.String() }) }),
  credit_party_identifier: Type.Optional(
    Type.Union([
      Type.Object({
        mobile_number: Type.Optional(Type.Union([Type.String(), Type.Null()])),
        account_number: Type.Optional(Type.Union([Type.String(), Type.Null()])),
      }),
      Type.Null(),
    ]),
  ),
  product: Type.Object({ id: Type.Integer() }),
  requested_values: Type.Object({ destination: Money }),
  prices: Type.Object({
    wholesale: Type.Object({ unit: Type.String(), amount: Type.Number(), fee: Type.Number() }),
  }),
});
type BookedTransaction = Static<typeof BookedTransaction>;

/** It lists no longer a time at once: 24 hours, with both ends. */
const SLICE_MS = 23 * 3_600_000;

function stateOf({ class: { message } }: BookedTransaction['status']): SupplierTransaction['state'] {
  if (message === 'REVERSED') return 'reversed';
  const meaning = MEANINGS[message] ?? 'unknown';
  if (meaning === 'unknown') return 'pending';
  return meaning === 'ok' ? 'delivered' : 'refused';
}

function transactionOf(booked: BookedTransaction): SupplierTransaction {
  const { id, external_id, creation_date, status, credit_party_identifier, requested_values, prices, product } = booked;
  const at = new Date(creation_date);
  if (Number.isNaN(at.getTime())) throw new SupplierFault('it does not tell when a transaction was made');
  const { destination } = requested_values;
  const { mobile_number, account_number } = credit_party_identifier ?? {};
  return {
    supplier_reference: String(id),
    reference: external_id,
    line: mobile_number ?? account_number ?? null,
    product: String(product.id),
    value: { amount: destination.amount, currency: destination.unit },
    cost: { amount: sumOf(prices.wholesale), currency: prices.wholesale.unit },
    state: stateOf(status),
    at,
  };
}

/** Reads what it has in its books, a slice of the time after the other. */
export async function* listDtoneTransactions(
  supplier: SupplierAccess,
  { from, before }: BooksSpan,
  signal: AbortSignal,
): AsyncGenerator<SupplierTransaction[]> {
  for (let start = from.getTime(); start < before.getTime(); start += SLICE_MS) {
    const end = new Date(Math.min(start + SLICE_MS, before.getTime()));
    const query = new URLSearchParams({ from_date: new Date(start).toISOString(), to_date: end.toISOString() });
    for await (const page of readAll(supplier, `/transactions?${query.toString()}`, BookedTransaction, signal)) {
      yield page.map(transactionOf);
    }
  }
}
