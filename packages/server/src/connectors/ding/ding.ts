import { Value } from 'typebox/value';
import type { Connector, Found, Outcome, Recharge } from '../connector.ts';
import { noAnswer, oddAnswer } from '../odd-answer.ts';
import { outcomeOfSeveral } from '../several-orders.ts';
import { DingAnswer, RecordsAnswer } from './answers.ts';
import { callDing } from './api.ts';
import { listDingTransactions } from './books.ts';
import { readDingCallback } from './callback.ts';
import { readDingProducts } from './catalogue.ts';
import { DING_RESULTS } from './meanings.ts';
import { readSentTransfer, readTransfer } from './outcomes.ts';
import { readDingPromotions } from './promotions.ts';
import { findDingNetworks, readDingBalance } from './questions.ts';
import { DING_NO_LINE, DING_PRODUCT, DING_SETTINGS, dingAccount, dingOrdered } from './settings.ts';

/** Its records reach back two months. */
const RECORDS_DAYS = 60;

/** More records of one reference than there ever are. */
const MOST_RECORDS = 10;

const NOT_SENT = {
  outcome: 'ko',
  reason: 'supplier_unavailable',
  message: 'never sent: the product does not say what is ordered there, or has no number',
} as const;

/** Orders, and waits for the end: it takes up to 90 seconds. */
async function recharge(order: Recharge, signal: AbortSignal): Promise<Outcome> {
  const { reference, line, supplier, record } = order;
  const product = dingOrdered(order.product);
  if (line?.kind !== 'msisdn' || !product) return NOT_SENT;
  const { sku_code, amount, currency, has_line = true, settings = {} } = product;
  const body = {
    SkuCode: sku_code,
    SendValue: amount,
    SendCurrencyIso: currency,
    // It takes no `+`.
    AccountNumber: has_line ? line.e164.slice(1) : DING_NO_LINE,
    DistributorRef: reference,
    // It refuses what does not say this.
    ValidateOnly: false,
    Settings: Object.entries(settings).map(([name, value]) => ({ Name: name, Value: value })),
  };
  return readSentTransfer(await callDing(dingAccount(supplier), 'SendTransfer', { body, signal, record }), {
    reference,
    product,
  });
}

/**
 * Looks for its records of our reference. The reference protects from nothing: a transfer that somebody between us sends
 * twice is paid twice, and only what was delivered is certain then.
 */
async function lookup(order: Recharge, signal: AbortSignal): Promise<Found> {
  const { reference, supplier, record } = order;
  const product = dingOrdered(order.product);
  if (!product) return { outcome: 'unknown', cause: 'the product does not say any more what was ordered there' };
  const body = { DistributorRef: reference, Take: MOST_RECORDS };
  const sent = await callDing(dingAccount(supplier), 'ListTransferRecords', { body, signal, record });
  if (sent.sent === 'no_answer') return noAnswer(sent);
  const unread = { outcome: 'unknown', cause: 'its records could not be read' } as const;
  if (sent.sent === 'never') return unread;
  if (Value.Check(DingAnswer, sent.body) && sent.body.ResultCode !== DING_RESULTS.done) return unread;
  if (!Value.Check(RecordsAnswer, sent.body)) return oddAnswer('its records make no sense');
  const { Items } = sent.body;
  const ours = Items.filter(({ TransferRecord }) => TransferRecord.TransferId?.DistributorRef === reference);
  if (Items.length === 0) return { outcome: 'not_found' };
  const [first, ...others] = ours.map((item) => readTransfer(item, { reference, product }, true));
  if (!first) return { outcome: 'unknown', cause: 'it tells of other transfers' };
  return others.length === 0 ? first : outcomeOfSeveral([first, ...others]);
}

/** Sells through Ding Connect, version 1. */
export function ding(): Connector {
  return {
    settings: DING_SETTINGS,
    secrets: { api_key: 'needed' },
    productSettings: DING_PRODUCT,
    recharge,
    // How soon a transfer stands in its records nobody knows: that it does not is never proof.
    lookup,
    readCallback: readDingCallback,
    balance: readDingBalance,
    lookupNumber: findDingNetworks,
    listProducts: readDingProducts,
    listPromotions: readDingPromotions,
    listTransactions: listDingTransactions,
    listsBack_days: RECORDS_DAYS,
  };
}
