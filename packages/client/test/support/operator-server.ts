import { constants, publicEncrypt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  EURO,
  FRANCE,
  newOffer,
  newTransaction,
  type OfferInStock,
  type OperatorOrder,
  type OperatorTransaction,
  SUPPLIER_ID,
} from './operator-data.ts';
import { CLIENT_ID, CLIENT_SECRET, OperatorTokens } from './operator-tokens.ts';
import { bad, csv, jsonBody, needOne, page, WireRefusal, type WireRequest } from './operator-wire.ts';

const BASE = '/travel-b2b/v1';
const PAGING = ['offset', 'limit'];
const FILTERS = ['startDate', 'endDate', 'status', 'offer', 'supplier', 'user'];
const SIM = ['transaction', 'simId'];
/** Every operation, and what may stand in its query. */
const QUERIES: Record<string, string[]> = {
  'GET countries': PAGING,
  'GET currencies': PAGING,
  'GET offers': PAGING,
  'GET offers/{id}': [],
  'PATCH offers/{id}': [],
  'POST transactions': [],
  'GET transactions': [...PAGING, ...FILTERS],
  'GET transactions/count': FILTERS,
  'GET transactions/{id}': [],
  'GET suppliers': [],
  'GET suppliers/{id}/simstatus': SIM,
  'GET suppliers/{id}/usagebalances': SIM,
  'GET suppliers/{id}/globalbalances': ['startDate', 'endDate', 'zoneLevel'],
  'GET keys': ['encoding'],
  'POST keys': ['encoding'],
};
export const ACTIVATION_CODE = 'LPA:1$smdp.example$K2-1XKZ';

/** The operator's own API, as far as it is described: no extensions, no Idempotency-Key, nothing it was not told of. */
export class OperatorServer {
  readonly clientId = CLIENT_ID;
  readonly clientSecret = CLIENT_SECRET;
  readonly offers: OfferInStock[] = [];
  /** What was really sold, and what came to nothing at the supplier. */
  readonly transactions: OperatorTransaction[] = [];
  /** Every request, as `METHOD /path`. */
  readonly log: string[] = [];
  /** Of the last request. */
  headers: IncomingMessage['headers'] = {};
  key: string | null = null;
  readonly tokens = new OperatorTokens();
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  async start(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    for (let i = 0; i < 120; i++) this.offers.push(newOffer(`Mobile France ${i} EUR`, 'topup', 1000));
    this.offers.push(newOffer('eSIM Europe', 'eSim', 10), newOffer('Sold out', 'topup', 0));
    return this;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get baseUrl(): string {
    return this.origin + BASE;
  }

  /** How many units this order has taken. */
  sold(user_id: string): number {
    return this.transactions.filter((each) => each.user_id === user_id && each.status !== 'ko').length;
  }

  /** All that is pending comes to its end. */
  settle(status: 'ok' | 'ko'): void {
    for (const each of this.transactions) if (each.status === 'pending') each.status = status;
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.origin);
    let body = '';
    for await (const chunk of request) body += chunk;
    const { method = '', headers } = request;
    const asked = { method, path: url.pathname, query: url.searchParams, headers, body };
    this.log.push(`${method} ${asked.path}`);
    this.headers = headers;
    const send = (status: number, type: string, text: string): void => {
      response.writeHead(status, { 'Content-Type': type }).end(text);
    };
    try {
      const [status, answer] = this.#answer(asked);
      if (typeof answer === 'string') send(status, 'text/csv', answer);
      else send(status, 'application/json', JSON.stringify(answer));
    } catch (error) {
      if (error instanceof WireRefusal) send(error.status, 'application/json', JSON.stringify(error.body));
      else send(500, 'text/plain', String(error));
    }
  }

  #answer(asked: WireRequest): [number, unknown] {
    if (asked.path === '/oauth/v3/token') return [200, this.tokens.make(asked)];
    if (!asked.path.startsWith(BASE)) throw new WireRefusal(404, 'Not Found', 60, 'resource not found');
    const path = asked.path.slice(BASE.length);
    const isCsv = asked.headers.accept === 'text/csv';
    if (!isCsv && !/application\/json|\*\/\*/.test(asked.headers.accept ?? '')) {
      throw new WireRefusal(406, 'Not Acceptable', 62, 'not acceptable');
    }
    if (path === '/live') return [200, { isAlive: true, version: '1.7.3' }];
    this.tokens.authenticate(asked.headers.authorization);
    const [, noun, id, part] = /^\/(?:distributors\/)?([a-z]+)(?:\/([\w-]+))?(?:\/([a-z]+))?$/.exec(path) ?? [];
    const { query } = asked;
    const route = `${asked.method} ${noun}${id === 'count' ? '/count' : id ? '/{id}' : ''}${part ? `/${part}` : ''}`;
    const unknown = [...query.keys()].find((name) => !QUERIES[route]?.includes(name));
    if (unknown !== undefined) throw bad(28, `invalid ${unknown} parameter in query`);
    switch (route) {
      case 'GET countries':
        return [200, page(query, [FRANCE])];
      case 'GET currencies':
        return [200, page(query, [EURO])];
      case 'GET offers':
        return [200, page(query, this.offers)];
      // The published description of the API: a list of one.
      case 'GET offers/{id}':
        return [200, [this.#offer(id)]];
      case 'PATCH offers/{id}':
        return [200, [this.#customise(this.#offer(id), asked)]];
      case 'POST transactions':
        return [201, this.#sell(asked)];
      case 'GET transactions': {
        const found = page(query, this.#filtered(query));
        return [200, isCsv ? csv(found) : found];
      }
      case 'GET transactions/count':
        return [200, { count: this.#filtered(query).length }];
      case 'GET transactions/{id}':
        return [200, this.#transaction(id)];
      case 'GET suppliers':
        return [200, [{ id: SUPPLIER_ID, name: 'Orange France', status: 'approved' }]];
      case 'GET suppliers/{id}/simstatus':
        needOne(query);
        return [200, { status: 'available', activation_date: '2024-07-16T12:52:11Z' }];
      case 'GET suppliers/{id}/usagebalances':
        needOne(query);
        return [200, { buckets: [{ name: 'Europe', data_remaining: 1.5, data_unit: 'Go' }] }];
      case 'GET suppliers/{id}/globalbalances':
        for (const name of ['startDate', 'endDate', 'zoneLevel']) {
          if (!query.get(name)) throw bad(27, `missing ${name} parameter in query`);
        }
        return [200, { start_date: query.get('startDate'), end_date: query.get('endDate'), zones: [] }];
      case 'GET keys':
        if (!this.key) throw new WireRefusal(404, 'Not Found', 60, 'resource not found');
        return [200, { key_type: 'rsa256', public_key_value: this.key }];
      case 'POST keys': {
        const body = jsonBody(asked, ['key_type', 'public_key_value', 'public_key']);
        this.key = String(body['public_key_value']);
        return [201, [{ key_type: 'rsa256', public_key_value: this.key }]];
      }
      default:
        throw new WireRefusal(404, 'Not Found', 60, 'resource not found');
    }
  }

  #offer(id: string | undefined): OfferInStock {
    const offer = this.offers.find((each) => each.id === id);
    if (!offer) throw new WireRefusal(404, 'Not Found', 60, 'resource not found');
    return offer;
  }

  #transaction(id: string | undefined): OperatorTransaction {
    const transaction = this.transactions.find((each) => each.id === id);
    if (!transaction) throw new WireRefusal(404, 'Not Found', 60, 'resource not found');
    return transaction;
  }

  #customise(offer: OfferInStock, asked: WireRequest): OfferInStock {
    const body = jsonBody(asked, ['name', 'distributor_fees', 'distributor_fees_type', 'metadata']);
    if (typeof body['name'] === 'string') offer.name = body['name'];
    if (typeof body['distributor_fees'] === 'number') offer.distribution_fees = body['distributor_fees'];
    return offer;
  }

  #filtered(query: URLSearchParams): OperatorTransaction[] {
    const [user, status, offer] = ['user', 'status', 'offer'].map((name) => query.get(name));
    return this.transactions
      .filter((each) => (!user || each.user_id === user) && (!status || each.status === status))
      .filter((each) => !offer || each.offer_id === offer)
      .toReversed();
  }

  #sell(asked: WireRequest): OperatorTransaction {
    const body = jsonBody(asked, ['offer_id', 'voucher_id', 'user_id', 'parameters']);
    const order = body as OperatorOrder;
    if (body['offer_id'] === undefined) throw bad(23, 'missing offer_id parameter in body');
    const offer = this.offers.find(({ id }) => id === body['offer_id']);
    if (!offer) throw bad(24, 'invalid offer_id parameter');
    if (offer.bucket === 0) throw bad(0, `bucket empty for offer ${offer.id}`);
    if (offer.product.type === 'eSim') {
      const text = Buffer.from(ACTIVATION_CODE);
      const padding = constants.RSA_PKCS1_OAEP_PADDING;
      const code = publicEncrypt({ key: this.key ?? '', padding, oaepHash: 'sha256' }, text).toString('base64');
      return this.#record(offer, newTransaction(offer, order, 'ok', { activation_code: code }));
    }
    const { parameters } = body;
    if (typeof parameters !== 'object' || parameters === null) throw bad(23, 'missing parameters parameter in body');
    if (Object.keys(parameters).length === 0) throw bad(23, 'parameters not set in body');
    const msisdn = String((parameters as { msisdn?: unknown }).msisdn)
      .replaceAll(/\D/g, '')
      .slice(-9);
    if (!/^[67]\d{8}$/.test(msisdn)) throw bad(24, `bad parameter for transaction for offer ${offer.id}`);
    const line = { msisdn: `+33${msisdn}` };
    if (msisdn.endsWith('002')) {
      this.#record(offer, newTransaction(offer, order, 'ko', line));
      const ids = `supplier ${SUPPLIER_ID} product ${offer.product.id} offer ${offer.id}`;
      throw bad(
        0,
        `transaction failed (bucket unchanged) ${ids} distributor ${offer.distributor_id} message ligne bloquée`,
      );
    }
    return this.#record(offer, newTransaction(offer, order, msisdn.endsWith('007') ? 'pending' : 'ok', line));
  }

  #record(offer: OfferInStock, transaction: OperatorTransaction): OperatorTransaction {
    if (transaction.status !== 'ko') offer.bucket--;
    this.transactions.push(transaction);
    return transaction;
  }
}
