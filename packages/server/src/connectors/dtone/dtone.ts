import { setTimeout as sleep } from 'node:timers/promises';
import { readAttemptReference } from '../../values/attempt.ts';
import type { CallbackNews, Connector, Found, Outcome, Recharge } from '../connector.ts';
import { askDtone } from './ask.ts';
import { listDtoneTransactions } from './books.ts';
import { readDtoneProducts, readDtonePromotions } from './catalogue.ts';
import { foundAtDtone, outcomeOfDtoneOrder } from './outcomes.ts';
import { askDtoneBalance, askDtoneNumber } from './questions.ts';
import { DTONE_PRODUCT_SETTINGS, DTONE_SETTINGS, type DtoneProductSettings, dtoneSettings } from './settings.ts';

/** Less than a call may take: an order that has not ended by then is left to the reconciler, and DT One not taken for down. */
const LOOKS_AFTER_MS = [300, 700, 1_000, 2_000, 2_000, 2_000];

const neverSent = (why: string): Outcome => ({
  outcome: 'ko',
  reason: 'supplier_unavailable',
  message: `never sent: ${why}`,
});

/** Writes an order as DT One takes it. @returns why it cannot be, where it cannot */
function orderOf({ reference, line, product, supplier }: Recharge): object | string {
  const id = product.supplier_reference ?? '';
  if (!/^[1-9]\d{0,9}$/.test(id)) return 'the product has no supplier_reference that is an id of a product there';
  if (!line) return 'it delivers to lines only';
  const { amount, currency } = product.settings as DtoneProductSettings;
  const hasAmount = amount !== undefined && currency !== undefined;
  return {
    external_id: reference,
    product_id: Number(id),
    auto_confirm: true,
    credit_party_identifier: line.kind === 'msisdn' ? { mobile_number: line.e164 } : { account_number: line.serial },
    ...(hasAmount && {
      calculation_mode: 'DESTINATION_AMOUNT',
      destination: { unit_type: 'CURRENCY', unit: currency, amount },
    }),
    ...(supplier.callback_url !== undefined && { callback_url: supplier.callback_url }),
  };
}

async function lookup({ reference, supplier, record }: Recharge, signal: AbortSignal): Promise<Found> {
  const path = `/transactions?external_id=${encodeURIComponent(reference)}`;
  return foundAtDtone(await askDtone(supplier, { method: 'GET', path, signal, record }), reference);
}

/** Asks what became of an order until there is proof, an answer is odd, or it has taken too long. */
async function waitForProof(
  order: Recharge,
  first: Outcome,
  looksAfter_ms: readonly number[],
  signal: AbortSignal,
): Promise<Outcome> {
  let known = first;
  for (const pause_ms of looksAfter_ms) {
    if (known.outcome !== 'unknown' || known.is_odd) break;
    await sleep(pause_ms, undefined, { signal });
    const found = await lookup(order, signal);
    // What it does not know yet may still be on its way.
    if (found.outcome !== 'not_found') known = found;
  }
  return known;
}

/** Names the transaction that a callback is about. Nothing signs it, so what it says of it is not believed. */
function readHint(body: Buffer): CallbackNews | null {
  try {
    const { external_id: reference } = JSON.parse(body.toString('utf8')) as { external_id?: unknown };
    const isOurs = typeof reference === 'string' && readAttemptReference(reference) !== null;
    return isOurs ? { reference, outcome: null } : null;
  } catch {
    return null;
  }
}

/**
 * Sells through DT One's Digital Value Services, version 1.
 * @param looksAfter_ms when an order that has not ended is asked about within the call, so long after the last answer
 */
export function dtone(looksAfter_ms: readonly number[] = LOOKS_AFTER_MS): Connector {
  return {
    settings: DTONE_SETTINGS,
    secrets: { key: 'needed', secret: 'needed' },
    productSettings: DTONE_PRODUCT_SETTINGS,
    denominationOf: (settings) => {
      const { amount, currency } = settings as DtoneProductSettings;
      return amount === undefined || currency === undefined ? null : { amount, currency };
    },
    async recharge(order, signal) {
      const body = orderOf(order);
      if (typeof body === 'string') return neverSent(body);
      const { supplier, record, reference } = order;
      const sent = await askDtone(supplier, { method: 'POST', path: '/async/transactions', body, signal, record });
      return waitForProof(order, outcomeOfDtoneOrder(sent, reference), looksAfter_ms, signal);
    },
    lookup,
    conclusiveAfter_s: (supplier) => dtoneSettings(supplier).conclusive_after_s,
    readCallback: ({ body }) => readHint(body),
    balance: askDtoneBalance,
    lookupNumber: askDtoneNumber,
    listProducts: readDtoneProducts,
    listPromotions: readDtonePromotions,
    listTransactions: listDtoneTransactions,
  };
}
