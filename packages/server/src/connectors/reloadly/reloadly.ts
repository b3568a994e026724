import { setTimeout as sleep } from 'node:timers/promises';
import { Value } from 'typebox/value';
import type { Connector, Found, Outcome, Recharge } from '../connector.ts';
import { noAnswer, oddAnswer } from '../odd-answer.ts';
import { outcomeOfSeveral } from '../several-orders.ts';
import { TopupReport } from './answers.ts';
import { createApi, type ReloadlyApi } from './api.ts';
import { listReloadlyTransactions } from './books.ts';
import { readReloadlyCallback } from './callback.ts';
import { readReloadlyProducts } from './catalogue.ts';
import { readTaken, readTopupStatus } from './outcomes.ts';
import { readReloadlyPromotions } from './promotions.ts';
import { findReloadlyNetwork, readReloadlyBalance } from './questions.ts';
import { denominationOf, RELOADLY_PRODUCT, RELOADLY_SETTINGS, reloadlyAccount, reloadlyOrdered } from './settings.ts';

/** When an order that is under way is asked about, so long after the last time; what takes longer is left to the reconciler. */
const LOOKS_AFTER_MS = [250, 500, 1_000, 2_000, 2_000, 2_000];

/** More orders of one reference than there ever are. */
const MOST_ORDERS = 50;

/** Asks how an order stands, by its id there. */
const askStatus = async (api: ReloadlyApi, id: number, order: Recharge, signal: AbortSignal): Promise<Outcome> => {
  const { record, reference, supplier } = order;
  return readTopupStatus(
    await api.ask(reloadlyAccount(supplier), `/topups/${id}/status`, { signal, record }),
    reference,
  );
};

/** Asks how an order stands until that is certain, an answer is odd, it has taken too long, or nobody waits any more. */
async function follow(api: ReloadlyApi, id: number, order: Recharge, signal: AbortSignal): Promise<Outcome> {
  let outcome: Outcome = {
    outcome: 'unknown',
    cause: 'it has taken it, and not told yet what became of it',
    is_accepted: true,
  };
  for (const pause_ms of LOOKS_AFTER_MS) {
    await sleep(pause_ms, undefined, { signal }).catch(() => {});
    if (signal.aborted) break;
    outcome = await askStatus(api, id, order, signal);
    if (outcome.outcome !== 'unknown' || outcome.is_odd) break;
  }
  return outcome;
}

/** Orders without waiting for the operator: what it answers at once is only where to ask. */
async function recharge(api: ReloadlyApi, order: Recharge, signal: AbortSignal): Promise<Outcome> {
  const { reference, line, product, supplier, record } = order;
  const ordered = reloadlyOrdered(product);
  if (line?.kind !== 'msisdn' || !ordered) {
    const message = 'never sent: the product does not say what is ordered there, or has no number';
    return { outcome: 'ko', reason: 'supplier_unavailable', message };
  }
  const body = {
    operatorId: ordered.operator_id,
    amount: ordered.amount,
    useLocalAmount: ordered.is_local,
    customIdentifier: reference,
    recipientPhone: { countryCode: ordered.country, number: line.e164.slice(1) },
  };
  const taken = readTaken(await api.order(reloadlyAccount(supplier), '/topups-async', body, { signal, record }));
  return taken.id === null ? taken.outcome : follow(api, taken.id, order, signal);
}

/**
 * Looks in its report, which is searched without regard to case: only what is written as ours is ours. Two orders of one
 * reference are taken by it where somebody between us sends ours twice; then only a delivery is certain.
 */
async function lookup(api: ReloadlyApi, order: Recharge, signal: AbortSignal): Promise<Found> {
  const { reference, supplier, record } = order;
  const path = `/topups/reports/transactions?customIdentifier=${encodeURIComponent(reference)}&size=${MOST_ORDERS}&page=1`;
  const sent = await api.ask(reloadlyAccount(supplier), path, { signal, record });
  if (sent.sent === 'no_answer') return noAnswer(sent);
  if (sent.sent === 'never' || sent.status !== 200)
    return { outcome: 'unknown', cause: 'its report could not be read' };
  if (!Value.Check(TopupReport, sent.body)) return oddAnswer('its report makes no sense');
  const { content } = sent.body;
  const [ours, ...others] = content.filter(({ customIdentifier }) => customIdentifier === reference);
  if (!ours) {
    return content.length === 0 ? { outcome: 'not_found' } : { outcome: 'unknown', cause: 'it reports other orders' };
  }
  const outcome = await askStatus(api, ours.transactionId, order, signal);
  if (others.length === 0) return outcome;
  const rest = await Promise.all(others.map(({ transactionId }) => askStatus(api, transactionId, order, signal)));
  return outcomeOfSeveral([outcome, ...rest]);
}

/** Sells through the airtime API of Reloadly. */
export function reloadly(): Connector {
  const api = createApi();
  return {
    settings: RELOADLY_SETTINGS,
    secrets: { client_secret: 'needed', webhook_secret: 'optional' },
    productSettings: RELOADLY_PRODUCT,
    denominationOf,
    recharge: (order, signal) => recharge(api, order, signal),
    // How soon an order stands in its report nobody knows: that it does not is never proof.
    lookup: (order, signal) => lookup(api, order, signal),
    readCallback: readReloadlyCallback,
    balance: (supplier, signal) => readReloadlyBalance(api, supplier, signal),
    lookupNumber: (question, signal) => findReloadlyNetwork(api, question, signal),
    listProducts: (supplier, signal) => readReloadlyProducts(api, supplier, signal),
    listPromotions: (supplier, signal) => readReloadlyPromotions(api, supplier, signal),
    listTransactions: (supplier, span, signal) => listReloadlyTransactions(api, supplier, span, signal),
  };
}
