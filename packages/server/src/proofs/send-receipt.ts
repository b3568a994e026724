import {
  type CustomerNotice,
  type Language,
  MOST_RECEIPT_NOTICES,
  type Refusal,
  refuse,
  type SentReceipt,
} from '@opentopup/contract';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import { addNotices } from '../messages/notices.store.ts';
import { noticesOf } from '../sales/customers/notify-customer.ts';
import { hasReceipt } from '../sales/has-receipt.rules.ts';
import { countReceiptNotice } from '../sales/receipt-codes.store.ts';
import type { TransactionRow } from '../sales/transactions/transactions.query.ts';
import { keptLine } from '../values/line.ts';

/** Who the receipt of a sale is sent to, and by whom. */
interface ReceiptRequest {
  notice: CustomerNotice;
  language: Language;
  actor: string;
}

/** Tells why a receipt cannot be sent so. */
function checkNotice(ctx: Context, row: TransactionRow, { email, sms }: CustomerNotice): Refusal | null {
  if (email === undefined && !sms) return refuse('missing_body_field', { field: 'email' });
  if (!hasReceipt(row)) return refuse('no_receipt', { detail: row.status });
  if (ctx.publicUrl === null) return refuse('not_configured', { detail: 'PUBLIC_URL' });
  if (email !== undefined && !ctx.notifiers.email) return refuse('not_configured', { detail: 'SMTP_URL' });
  if (!sms) return null;
  if (row.line_kind !== 'msisdn' || keptLine(row) === null) {
    return refuse('invalid_body_field', { field: 'sms', detail: 'no number is kept that this sale has recharged' });
  }
  return ctx.notifiers.sms ? null : refuse('not_configured', { detail: 'SMS_URL' });
}

/**
 * Sends the receipt of a sale to its customer: what became of it, as it stands now, and the address of its receipt. What
 * unlocks or installs something is not in it: messages are kept by others, on their way and for good.
 */
export async function sendReceipt(
  ctx: Context,
  key: { distributor_id: string; id: string },
  { notice, language, actor }: ReceiptRequest,
): Promise<SentReceipt | Refusal> {
  const row = await ctx.store.transaction(key);
  if (!row) return refuse('not_found', { detail: `transaction ${key.id} not found` });
  const refusal = checkNotice(ctx, row, notice);
  if (refusal) return refusal;
  const { distributor_id } = row;
  const at = ctx.now();
  return ctx.store.db.transaction(async (tx) => {
    const owner = { distributor_id, transaction_id: row.id };
    const sent = await countReceiptNotice(tx, owner, MOST_RECEIPT_NOTICES);
    if (sent === null) return refuse('receipt_sent', { detail: String(MOST_RECEIPT_NOTICES) });
    const { email = null, sms = false } = notice;
    await addNotices(tx, await noticesOf(ctx, tx, row, { email, sms, language: notice.language ?? language }), at);
    const details = { email: email !== null, sms };
    await noteChange(tx, { at, actor, action: 'receipt.sent', subject: row.id, distributor_id, details });
    return { left: MOST_RECEIPT_NOTICES - sent };
  });
}
