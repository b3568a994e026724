import type { Transaction, TravelB2B } from '@opentopup/client';
import { SupplierFault } from '../call.ts';
import type { BooksSpan, SupplierTransaction } from '../supplier-books.ts';
import type { TravelB2BSettings } from './settings.ts';

/** So many make a page. */
const PAGE = 500;

function stateOf({ status, reversal, late_delivery }: Transaction): SupplierTransaction['state'] {
  if (reversal) return 'reversed';
  if (status === 'ok' || late_delivery) return 'delivered';
  return status === 'ko' || status === 'expired' ? 'refused' : 'pending';
}

function transactionOf(sold: Transaction): SupplierTransaction {
  const { id, user_id, creation_date, parameters, bonus_value, denomination, resell_value, reference_currency } = sold;
  const at = new Date(creation_date);
  if (Number.isNaN(at.getTime())) throw new SupplierFault('it does not tell when a transaction was made');
  const value = denomination ?? { amount: bonus_value, currency: reference_currency };
  return {
    supplier_reference: id,
    // That wire knows no references: ours travels so.
    reference: user_id ?? null,
    line: parameters?.msisdn ?? parameters?.simId ?? null,
    product: sold.offer_id,
    ...(typeof value.amount === 'number' && typeof value.currency === 'string' && { value }),
    ...(typeof resell_value === 'number' && { cost: { amount: resell_value, currency: reference_currency } }),
    state: stateOf(sold),
    at,
  };
}

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** Reads our transactions from the other server, all or those of one of its suppliers. It takes whole days. */
export async function* listTravelTransactions(
  client: TravelB2B,
  { supplier_id }: TravelB2BSettings,
  { from, before }: BooksSpan,
  signal: AbortSignal,
): AsyncGenerator<SupplierTransaction[]> {
  const filters = {
    startDate: dayOf(from),
    endDate: dayOf(before),
    ...(supplier_id !== undefined && { supplier: supplier_id }),
  };
  let page: SupplierTransaction[] = [];
  for await (const sold of client.transactions.list(filters, { signal })) {
    page.push(transactionOf(sold));
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  yield page;
}
