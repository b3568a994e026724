import type { SaleReceipt } from '@opentopup/contract';
import type { Outcome } from '../connectors/connector.ts';
import type { Context } from '../context.ts';
import type { TransactionKey } from '../values/transaction-key.ts';
import { insertReceipt } from './receipts.store.ts';

const sealedForReceipt = (transactionId: string): string => `receipt ${transactionId}`;

/**
 * Keeps what the supplier has handed over with a recharge, sealed, before its transaction is settled: a crash in between
 * loses nothing.
 * @returns false where a PIN cannot be kept: sold without it, nothing would have been sold
 */
export async function keepReceipt(
  { store, seal, alert, now }: Context,
  key: TransactionKey,
  { receipt }: Extract<Outcome, { outcome: 'ok' }>,
): Promise<boolean> {
  if (!receipt) return true;
  const has_pin = receipt.pin !== undefined;
  if (!seal) {
    alert('what a supplier has handed over cannot be kept: SEALING_KEY is not set', { ...key });
    return !has_pin;
  }
  const sealed = seal.close(JSON.stringify(receipt), sealedForReceipt(key.transaction_id));
  await insertReceipt(store.db, { ...key, sealed, has_pin, at: now() });
  return true;
}

/** Opens what was handed over with a sale; null where there is nothing, or nothing any more. */
export function openReceipt(
  { seal }: Context,
  { id, receipt_sealed }: { id: string; receipt_sealed: string | null },
): SaleReceipt | null {
  if (receipt_sealed === null) return null;
  if (!seal) throw new Error('a receipt is kept, but SEALING_KEY is not set');
  return JSON.parse(seal.open(receipt_sealed, sealedForReceipt(id))) as SaleReceipt;
}
