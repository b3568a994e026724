import { Value } from 'typebox/value';
import { SupplierFault } from '../call.ts';
import type { SupplierAccess } from '../connector.ts';
import type { BooksSpan, SupplierTransaction } from '../supplier-books.ts';
import { RecordsAnswer, type TransferRecord } from './answers.ts';
import { callDing, dingDate } from './api.ts';
import { DING_RESULTS, TRANSFER_STATES } from './meanings.ts';
import { dingCharge } from './outcomes.ts';
import { DING_NO_LINE, dingAccount } from './settings.ts';

/** The most that it gives at once. */
const TAKE = 100;
/** It lists by no time, and says in which order nowhere: what is older by so much ends the list, once it is seen to fall. */
const OLDER_BY_MS = 86_400_000;
const STATES = { ok: 'delivered', ko: 'refused', unknown: 'pending' } as const;

function transactionOf(record: TransferRecord): SupplierTransaction | null {
  const { TransferId, AccountNumber, ProcessingState, Price, StartedUtc } = record;
  // What was only tried has no id.
  if (!TransferId) return null;
  const at = dingDate(StartedUtc ?? '');
  if (!at) throw new SupplierFault('it does not tell when a transfer was made');
  return {
    supplier_reference: TransferId.TransferRef,
    reference: TransferId.DistributorRef || null,
    line: AccountNumber === DING_NO_LINE ? null : AccountNumber,
    product: record.SkuCode,
    ...(Price && {
      value: { amount: Price.ReceiveValue, currency: Price.ReceiveCurrencyIso },
      cost: { amount: dingCharge(Price), currency: Price.SendCurrencyIso },
    }),
    state: STATES[TRANSFER_STATES.get(ProcessingState) ?? 'unknown'],
    at,
  };
}

/** Reads the records of its transfers, from the latest back. What comes meanwhile pushes some onto a second page. */
export async function* listDingTransactions(
  supplier: SupplierAccess,
  { from }: BooksSpan,
  signal: AbortSignal,
): AsyncGenerator<SupplierTransaction[]> {
  const end_ms = from.getTime() - OLDER_BY_MS;
  let last_ms = Number.POSITIVE_INFINITY;
  let isFalling = true;
  for (let Skip = 0; ; Skip += TAKE) {
    const body = { Skip, Take: TAKE };
    const sent = await callDing(dingAccount(supplier), 'ListTransferRecords', { body, signal });
    if (sent.sent !== 'answered') throw new SupplierFault(`it could not be asked: ${sent.why}`);
    if (!Value.Check(RecordsAnswer, sent.body) || sent.body.ResultCode !== DING_RESULTS.done) {
      throw new SupplierFault('its records could not be read');
    }
    const { Items, ThereAreMoreItems } = sent.body;
    const page = Items.flatMap(({ TransferRecord: record }) => transactionOf(record) ?? []);
    yield page;
    for (const { at } of page) {
      isFalling &&= at.getTime() <= last_ms;
      last_ms = at.getTime();
    }
    const isPast = isFalling && page.length > 0 && page.every(({ at }) => at.getTime() < end_ms);
    if (!ThereAreMoreItems || Items.length === 0 || isPast) return;
  }
}
