import { type Language, wireDate } from '@opentopup/contract';
import type { Context } from '../context.ts';
import { findSeller } from '../proofs/receipt-codes.query.ts';
import { listDeliveryAttempts } from '../sales/transactions/attempts.query.ts';
import { wireAttempt } from '../sales/transactions/attempts.wire.ts';
import { showCallLog } from '../sales/transactions/show-call-log.ts';
import type { TransactionRow } from '../sales/transactions/transactions.query.ts';
import { wireTransaction } from '../sales/transactions/transactions.wire.ts';
import { keptLine, maskedForStaff, maskedText } from '../values/line.ts';
import type { DisputeLinkRow } from './dispute-links.query.ts';
import { listSaleMovements, listSaleRequests } from './story.query.ts';

/** A sale was called up for more suppliers than that never. */
const MOST_CALLS = { offset: 0, limit: 200 };

/** Lists when something became of a sale that moved its unit. */
function instantsOf({ created_at, changed_at, change }: TransactionRow): Date[] {
  const later = [change?.resolved.at, change?.reversal?.at, change?.late_delivery?.booked_at];
  return [created_at, changed_at, ...later.flatMap((at) => (at ? [new Date(at)] : []))];
}

/**
 * Tells the whole story of a sale, as it is known now: numbers are masked, and what was forgotten is not there. A link of the
 * operator tells what was said to suppliers too.
 */
export async function tellStory(ctx: Context, link: DisputeLinkRow, language: Language) {
  const { distributor_id, transaction_id, of_operator } = link;
  const { db } = ctx.store;
  const row = await ctx.store.transaction({ distributor_id, id: transaction_id });
  if (!row) throw new Error('a link is to a sale that does not exist');
  const seller = await findSeller(db, distributor_id);
  const attempts = await listDeliveryAttempts(db, transaction_id, distributor_id);
  const exchanges = of_operator ? await showCallLog(ctx, transaction_id, MOST_CALLS, true) : null;
  const requests = await listSaleRequests(db, link);
  const ledger = await listSaleMovements(db, row, instantsOf(row));
  const sale = wireTransaction(row, { language });
  const line = keptLine(row);
  return {
    type: 'sale',
    date: wireDate(ctx.now()),
    id: transaction_id,
    seller: seller.name,
    test: seller.world === 'sandbox',
    order: {
      date: sale.creation_date,
      offer_id: sale.offer_id,
      offer_name: sale.offer_name,
      product_name: sale.product_name,
      supplier_name: sale.supplier_name,
      price: sale.public_price,
      currency: sale.reference_currency,
      ...(sale.user_id !== undefined && { reference: maskedText(sale.user_id) }),
      ...(line !== null && { line: maskedForStaff(line) }),
    },
    attempts: attempts.map(wireAttempt),
    ...(exchanges && { exchanges }),
    outcome: {
      status: sale.status,
      date: sale.change_date,
      ...(sale.reason !== undefined && { reason: sale.reason }),
      customer_message: maskedText(sale.customer_message),
    },
    ...(sale.reversal && { reversal: sale.reversal }),
    ...(sale.late_delivery && { late_delivery: sale.late_delivery }),
    reversal_requests: requests.map(({ reason, status, at, decided_at }) => ({
      reason,
      status,
      date: wireDate(at),
      ...(decided_at && { decision_date: wireDate(decided_at) }),
    })),
    ledger: ledger.map(({ at, ...movement }) => ({ ...movement, date: at.toISOString() })),
  };
}

export type Story = Awaited<ReturnType<typeof tellStory>>;
