import { isUuid, type MessageValues, type OwnMessages } from '@opentopup/contract';
import { lineText, maskedLine } from '../domain/line.ts';
import { amountOf } from '../domain/money.ts';
import { lineOfOrder, type Order } from './check-order.ts';
import type { Flow } from './flow.ts';

/** In which words a distributor's end customer is told what became of an order. */
export interface Wording {
  own: OwnMessages;
  values: MessageValues;
}

/** The words for an order, from memory; before it was read, only those that need nothing of it. */
export async function readWording(flow: Flow, distributorId: string, order?: Order): Promise<Wording> {
  const { catalogue } = flow.store;
  const own = (await catalogue.distributor(distributorId))?.own_messages ?? {};
  const isNeeded = order && isUuid(order.offer_id) && Object.keys(own).length > 0;
  const offer = isNeeded ? await catalogue.offer(distributorId, String(order.offer_id).toLowerCase()) : null;
  if (!offer) return { own, values: {} };
  const { product, supplier } = offer;
  const line = lineOfOrder(offer, order?.parameters);
  return {
    own,
    values: {
      offer: offer.name,
      amount: `${amountOf(product.bonus_value_minor, product.currency)} ${product.currency}`,
      operator: supplier.name,
      ...(line !== null && line !== 'malformed' && { msisdn_masked: maskedLine(lineText(line)) }),
    },
  };
}
