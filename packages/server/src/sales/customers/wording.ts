import { type CustomerOutcome, isUuid, type MessageValues } from '@opentopup/contract';
import type { Context } from '../../context.ts';
import { type DeliverableKind, lineDelivered } from '../../values/deliverable.ts';
import { keptLine, lineText, maskedForCustomer } from '../../values/line.ts';
import { amountOf, type KeptDenomination, wireDenomination } from '../../values/money.ts';
import type { Wording } from '../../values/wording.ts';
import { type ReceivedOrder, readDeliverable } from '../check-order.ts';
import type { TransactionRow } from '../transactions/transactions.query.ts';

/** Gives the words for an order, from memory; before it was read, only those that need nothing of it. */
export async function readWording(ctx: Context, distributorId: string, order?: ReceivedOrder): Promise<Wording> {
  const { catalogue } = ctx.store;
  const own = (await catalogue.distributor(distributorId))?.own_messages ?? {};
  const isNeeded = order && isUuid(order.offer_id) && Object.keys(own).length > 0;
  const offer = isNeeded ? await catalogue.offer(distributorId, String(order.offer_id).toLowerCase()) : null;
  if (!offer) return { own, values: {} };
  const { product, supplier } = offer;
  const read = readDeliverable(offer, order?.parameters);
  const line = 'fault' in read ? null : lineDelivered(read);
  return {
    own,
    values: {
      offer: offer.name,
      amount: amountText(product),
      operator: supplier.name,
      ...(line && { msisdn_masked: maskedForCustomer(lineText(line)) }),
    },
  };
}

/** Writes what the line gets. */
function amountText(sold: KeptDenomination & { bonus_value_minor: number; currency: string }): string {
  const { denomination } = wireDenomination(sold);
  const { amount, currency } = denomination ?? {
    amount: amountOf(sold.bonus_value_minor, sold.currency),
    currency: sold.currency,
  };
  return `${amount} ${currency}`;
}

/** Tells what the words for an end customer may mention of a sale. */
export function valuesOf(row: TransactionRow): MessageValues {
  const line = keptLine(row);
  return {
    offer: row.offer_name,
    amount: amountText(row),
    operator: row.supplier_name,
    ...(line !== null && { msisdn_masked: maskedForCustomer(line) }),
  };
}

const OUTCOMES: Readonly<Record<DeliverableKind, { ok: CustomerOutcome; pending: CustomerOutcome }>> = {
  line: { ok: 'ok', pending: 'pending' },
  esim: { ok: 'esim_ok', pending: 'esim_pending' },
};

/** Tells what a sale has come to, for its end customer. */
export function customerOutcome({ status, reason, delivers, has_pin }: TransactionRow): CustomerOutcome {
  if (reason !== null) return reason as CustomerOutcome;
  if (status === 'created') return 'parked';
  if (has_pin) return 'pin_ok';
  return OUTCOMES[delivers][status === 'ok' ? 'ok' : 'pending'];
}
