import { createHash } from 'node:crypto';
import { TravelB2B } from '@opentopup/client';
import type { Connector, Found, Outcome, Recharge, SupplierAccess } from '../connector.ts';
import { listTravelTransactions } from './books.ts';
import { readProducts } from './catalogue.ts';
import { outcomeOfError, outcomeOfOrder } from './outcomes.ts';
import { openEsim } from './profile.ts';
import { askAboutSim, askForBalances } from './questions.ts';
import { recordedBy, recordedFetch } from './recorded-fetch.ts';
import { CONCLUSIVE_AFTER_S, TRAVEL_B2B_SETTINGS, type TravelB2BSettings } from './settings.ts';

/** Longer than any deadline of ours: the signal ends a call before. */
const TIMEOUT_MS = 180_000;
/** Clients that are kept, with their tokens. */
const MOST_CLIENTS = 1_000;

const settingsOf = ({ settings }: SupplierAccess): TravelB2BSettings => settings as TravelB2BSettings;

/** One client for each server and its credentials, so that tokens are shared and connections kept. */
function createClients(): (supplier: SupplierAccess) => TravelB2B {
  const clients = new Map<string, TravelB2B>();
  return (supplier) => {
    const { base_url, token_url, client_id } = settingsOf(supplier);
    const client_secret = supplier.secrets['client_secret'] ?? '';
    const parts = JSON.stringify([base_url, token_url, client_id, client_secret]);
    const key = createHash('sha256').update(parts).digest('hex');
    const known = clients.get(key);
    if (known) return known;
    if (clients.size >= MOST_CLIENTS) clients.clear();
    const client = new TravelB2B({
      baseUrl: base_url,
      ...(token_url !== undefined && { tokenUrl: token_url }),
      clientId: client_id,
      clientSecret: client_secret,
      timeout_ms: TIMEOUT_MS,
      fetch: recordedFetch,
      // An order is sent once; what became of it is asked later, with pauses of our own.
      retries: 0,
    });
    clients.set(key, client);
    return client;
  };
}

/** Asks once whether the server of a client is an OpenTopup, unless an answer has shown so: no other takes `max_price`. */
function createKinds(): (client: TravelB2B, signal: AbortSignal) => Promise<boolean> {
  const asked = new WeakSet<TravelB2B>();
  return async (client, signal) => {
    // Whatever keeps it from answering keeps the order from being sent, too.
    if (!client.isOpenTopup && !asked.has(client)) await client.keepsKeys({ signal }).catch(() => {});
    asked.add(client);
    return client.isOpenTopup;
  };
}

/**
 * Sells through any Travel B2B server: the operator's own API, or another OpenTopup. That wire knows no references of
 * ours, so ours travels as `user_id`, and is found again by it.
 */
export function travelB2B(): Connector {
  const clientOf = createClients();
  const isOpenTopup = createKinds();

  async function recharge(
    { reference, line, product, supplier }: Recharge,
    max_price: number | undefined,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const offer_id = product.supplier_reference;
    if (offer_id === null) {
      const message = 'never sent: the product has no supplier_reference, the id of the offer there';
      return { outcome: 'ko', reason: 'supplier_unavailable', message };
    }
    const client = clientOf(supplier);
    const order = { offer_id, reference, ...(max_price !== undefined && { opentopup: { max_price } }) };
    const options = { isNew: true, signal };
    try {
      const result = line
        ? await client.topups.create(
            { ...order, parameters: line.kind === 'msisdn' ? { msisdn: line.e164 } : { simId: line.serial } },
            options,
          )
        : await client.esims.create(order, options);
      return await outcomeOfOrder(result, (sold) => openEsim(client, line, supplier, sold, signal));
    } catch (error) {
      return outcomeOfError(error);
    }
  }

  async function lookup({ reference, line, supplier }: Recharge, signal: AbortSignal): Promise<Found> {
    const client = clientOf(supplier);
    const found = await client.topups.lookup(reference, { signal });
    if (!found) return { outcome: 'not_found' };
    return outcomeOfOrder(found, (sold) => openEsim(client, line, supplier, sold, signal));
  }

  return {
    settings: TRAVEL_B2B_SETTINGS,
    secrets: { client_secret: 'needed', private_key: 'optional' },
    recharge: async (order, signal) => {
      const isTold = order.most !== undefined && (await isOpenTopup(clientOf(order.supplier), signal));
      return recordedBy(order.record, () => recharge(order, isTold ? order.most : undefined, signal));
    },
    lookup: (order, signal) => recordedBy(order.record, () => lookup(order, signal)),
    conclusiveAfter_s: (supplier) => settingsOf(supplier).conclusive_after_s ?? CONCLUSIVE_AFTER_S,
    simStatus: (question, signal) =>
      askAboutSim(clientOf(question.supplier), question, (client, supplierId, sim) =>
        client.suppliers.simStatus(supplierId, sim, { signal }),
      ),
    usage: (question, signal) =>
      askAboutSim(clientOf(question.supplier), question, (client, supplierId, sim) =>
        client.suppliers.usage(supplierId, sim, { signal }),
      ),
    globalBalances: (question, signal) => askForBalances(clientOf(question.supplier), question, signal),
    listProducts: (supplier, signal) => readProducts(clientOf(supplier), settingsOf(supplier), signal),
    listTransactions: (supplier, span, signal) =>
      listTravelTransactions(clientOf(supplier), settingsOf(supplier), span, signal),
  };
}
