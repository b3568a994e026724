import { type CheckedReceipt, type ReceiptProof, type Refusal, refuse, wireDate } from '@opentopup/contract';
import { packSigned } from '@opentopup/contract/signing/packed';
import { wirePrice } from '../catalogue/offers/offers.wire.ts';
import type { Context } from '../context.ts';
import { hasReceipt, isAnnulled } from '../sales/has-receipt.rules.ts';
import { keepReceiptCode } from '../sales/receipt-codes.store.ts';
import type { TransactionRow } from '../sales/transactions/transactions.query.ts';
import { signDocument } from '../signing/sign.ts';
import { keptLine, maskedForStaff } from '../values/line.ts';
import { findByReceiptCode, findSeller } from './receipt-codes.query.ts';

/** Tells what the receipt of a sale says. */
async function readReceipt(ctx: Context, row: TransactionRow, code: string): Promise<CheckedReceipt> {
  const annulled = isAnnulled(row);
  const { name, world } = await findSeller(ctx.store.db.reads, row.distributor_id);
  const line = keptLine(row);
  const reversed_at = row.change?.reversal?.at;
  return {
    code,
    status: annulled ? 'annulled' : 'sold',
    test: world === 'sandbox',
    seller: name,
    offer_name: row.offer_name,
    price: wirePrice(row, row.currency).public_price,
    currency: row.currency,
    date: wireDate(row.created_at),
    ...(line !== null && { line: maskedForStaff(line) }),
    ...(annulled && reversed_at !== undefined && { annulment_date: wireDate(new Date(reversed_at)) }),
  };
}

/**
 * Gives the code of a sale's receipt, made when it is first asked for, and what is signed of it: what was sold, not how it
 * stands, since a reversal that comes later cannot change what is printed.
 */
export async function proveReceipt(
  ctx: Context,
  key: { distributor_id: string; id: string },
): Promise<ReceiptProof | Refusal> {
  const row = await ctx.store.transaction(key);
  if (!row) return refuse('not_found', { detail: `transaction ${key.id} not found` });
  if (!ctx.seal) return refuse('not_configured', { detail: 'SEALING_KEY' });
  if (!hasReceipt(row)) return refuse('no_receipt', { detail: row.status });
  const owner = { distributor_id: row.distributor_id, transaction_id: row.id };
  const code = await keepReceiptCode(ctx.store.db, owner, ctx.now());
  const receipt = await readReceipt(ctx, row, code);
  const { status: _status, annulment_date: _date, ...sold } = receipt;
  const signed = await signDocument(ctx, { type: 'receipt', ...sold });
  if ('reason' in signed) return signed;
  const url = ctx.publicUrl === null ? null : `${ctx.publicUrl}/r/${code}`;
  return { code, ...(url !== null && { url }), text: `${url ?? ''}#${packSigned(signed)}` };
}

/** Finds what a code proves, as it stands now; null where it proves nothing. */
export async function checkReceipt(ctx: Context, code: string): Promise<CheckedReceipt | null> {
  const key = await findByReceiptCode(ctx.store.db.reads, code.toUpperCase());
  const row = key && (await ctx.store.transaction({ distributor_id: key.distributor_id, id: key.transaction_id }));
  return row && hasReceipt(row) ? readReceipt(ctx, row, code.toUpperCase()) : null;
}
