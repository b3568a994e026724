import { tellCustomer } from '@opentopup/contract';
import type { Context } from '../../context.ts';
import type { Query } from '../../database/database.ts';
import { findReceiptSettings } from '../../distributors/receipt-settings.query.ts';
import { type Progress, progressAfter } from '../../jobs/progress.rules.ts';
import { readOwnMessages } from '../../messages/customer-messages.query.ts';
import { addNotices, type Notice } from '../../messages/notices.store.ts';
import { keptLine } from '../../values/line.ts';
import { hasReceipt } from '../has-receipt.rules.ts';
import { keepReceiptCode } from '../receipt-codes.store.ts';
import { findTransaction, type TransactionRow } from '../transactions/transactions.query.ts';
import { type CustomerNoticeRow, dropCustomerNotices, takeCustomerNotices } from './notify-customer.store.ts';
import { customerOutcome, valuesOf } from './wording.ts';

const AT_ONCE = 50;
/** Far longer than an order takes until its unit is held. */
const DROP_AFTER_MS = 60 * 60_000;

/** Gives the address by which anybody checks the receipt, on a line of its own; nothing where nothing was sold. */
async function receiptLine(ctx: Context, tx: Query, { distributor_id, id, ...sale }: TransactionRow): Promise<string> {
  if (ctx.publicUrl === null || !hasReceipt(sale)) return '';
  const code = await keepReceiptCode(tx, { distributor_id, transaction_id: id }, ctx.now());
  return `\n${ctx.publicUrl}/r/${code}`;
}

/** Words what the end customer of a sale is told of it. */
export async function noticesOf(
  ctx: Context,
  tx: Query,
  sale: TransactionRow,
  { email, sms, language }: Pick<CustomerNoticeRow, 'email' | 'sms' | 'language'>,
): Promise<Notice[]> {
  const { distributor_id } = sale;
  const own = await readOwnMessages(tx, distributor_id);
  const { shop_name, help_line } = await findReceiptSettings(tx, distributor_id);
  const line = keptLine(sale);
  const told = tellCustomer(customerOutcome(sale), language, own, valuesOf(sale));
  const seller = [shop_name, help_line].filter(Boolean).join(' · ');
  const body = told + (await receiptLine(ctx, tx, sale)) + (seller && `\n${seller}`);
  // Nobody is to be told twice, not even where the first time is not certain.
  const notice = { distributor_id, subject: sale.offer_name, body, once: true };
  return [
    ...(email === null ? [] : [{ ...notice, channel: 'email' as const, recipient: email }]),
    ...(sms && line !== null ? [{ ...notice, channel: 'sms' as const, recipient: line }] : []),
  ];
}

async function noticesAsked(ctx: Context, tx: Query, asked: CustomerNoticeRow): Promise<Notice[]> {
  const sale = await findTransaction(tx, asked.distributor_id, asked.transaction_id);
  if (!sale) throw new Error('a transaction that has ended does not exist');
  return noticesOf(ctx, tx, sale, asked);
}

/**
 * Has end customers told of sales that have come to their end, where their orders ask for that.
 * @returns whether there may be more
 */
export async function tellCustomers(ctx: Context): Promise<Progress> {
  const at = ctx.now();
  await dropCustomerNotices(ctx.store.db, new Date(at.getTime() - DROP_AFTER_MS));
  return ctx.store.db.transaction(async (tx) => {
    const asked = await takeCustomerNotices(tx, AT_ONCE);
    for (const each of asked) await addNotices(tx, await noticesAsked(ctx, tx, each), at);
    return progressAfter(asked.length, AT_ONCE);
  });
}
