import { type ConnectionOptions, Operator, type TopupOrder, TravelB2B } from '@opentopup/client';
import type { TransactionCreation } from '@opentopup/contract';
import type { Answer } from './answer.ts';
import { answerTo, connectionTo, tokenOf } from './observed.ts';
import { operationAt } from './operation-at.ts';
import type { RunningServer } from './server.ts';

export type { Answer };

const CSV = 'text/csv';

type Headers = Record<string, string>;

/** Somebody's program that calls the server; its answers are those of the wire. */
export interface PathCaller {
  token: string;
  get: (path: string, headers?: Headers) => Promise<Answer>;
  post: (path: string, body: unknown, headers?: Headers) => Promise<Answer>;
  put: (path: string, body: unknown, headers?: Headers) => Promise<Answer>;
  patch: (path: string, body: unknown, headers?: Headers) => Promise<Answer>;
  delete: (path: string) => Promise<Answer>;
  /** Orders a top-up. */
  sell: (offer_id: string, parameters: unknown, headers?: Headers) => Promise<Answer>;
  /** Units in stock of an offer. */
  stock: (offer_id: string) => Promise<number>;
}

/** A caller whose requests are sent by something. */
export function callerThat(
  send: (method: string, path: string, body: unknown, headers: Headers) => Promise<Answer>,
  token: string,
): PathCaller {
  const caller: PathCaller = {
    token,
    get: (path, headers = {}) => send('GET', path, undefined, headers),
    post: (path, body, headers = {}) => send('POST', path, body, headers),
    put: (path, body, headers = {}) => send('PUT', path, body, headers),
    patch: (path, body, headers = {}) => send('PATCH', path, body, headers),
    delete: (path) => send('DELETE', path, undefined, {}),
    sell: (offer_id, parameters, headers) =>
      caller.post('/distributors/transactions', { offer_id, parameters }, headers),
    stock: async (offer_id) => (await caller.get(`/distributors/offers/${offer_id}`)).body.bucket as number,
  };
  return caller;
}

/** Of programs that call so much at once that a busy machine may keep some of it waiting too long: they ask again. */
export const PATIENT = { retries: 8 };

/** The operator's program. */
export const operatorOf = (
  server: RunningServer,
  adminToken: string,
  options: Partial<ConnectionOptions> = {},
): Operator => new Operator({ ...connectionTo(server.baseUrl), ...options, adminToken });

/** A distributor's program. */
export const distributorClient = (
  server: RunningServer,
  { client_id, client_secret }: Credentials,
  options: Partial<ConnectionOptions> = {},
): TravelB2B =>
  new TravelB2B({
    ...connectionTo(server.baseUrl),
    ...options,
    clientId: client_id,
    clientSecret: client_secret,
  });

/** Units in stock of an offer. */
export const unitsOf = async (shop: TravelB2B, offerId: string): Promise<number> =>
  (await shop.offers.get(offerId)).bucket;

/** Does something, and tells by how many units the stock of an offer has changed. */
export async function stockChange(shop: TravelB2B, offerId: string, act: () => Promise<unknown>): Promise<number> {
  const before = await unitsOf(shop, offerId);
  await act();
  return (await unitsOf(shop, offerId)) - before;
}

interface Credentials {
  client_id: string;
  client_secret: string;
}

/** The operator's program, called by paths: each goes through the client. */
export function callerWith(server: RunningServer, adminToken: string): PathCaller {
  const operator = operatorOf(server, adminToken);
  return callerThat((method, path, body, headers) => {
    const { set, name, input } = operationAt(method, path, body);
    if (set !== 'operator') throw new Error(`the operator's client calls no ${path}: use a raw caller`);
    return answerTo(headers, () => operator.answer(name as never, input));
  }, adminToken);
}

/** Orders as programs do: under the key that they give, or one that the client makes. */
function order(
  client: TravelB2B,
  body: unknown,
  { 'idempotency-key': reference, ...headers }: Headers,
): Promise<Answer> {
  const { offer_id, parameters, user_id, voucher_id, ...opentopup } = body as TransactionCreation;
  const optional = { user_id, voucher_id, reference };
  const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  const placed = { offer_id, parameters, ...given, opentopup } as TopupOrder;
  return answerTo(headers, () => client.topups.create(placed, { isNew: true }));
}

/** A distributor's program, called by paths: each goes through the client, which gets its token first. */
export async function signInClient(server: RunningServer, credentials: Credentials): Promise<PathCaller> {
  const clients = new Map<string, TravelB2B>();
  const clientAt = (base: string): TravelB2B => {
    const client = clients.get(base) ?? distributorClient(server, credentials, { baseUrl: server.baseUrl + base });
    clients.set(base, client);
    return client;
  };
  const token = await tokenOf(() => clientAt('').opentopup.settings.get());
  const operator = operatorOf(server, token);
  return callerThat((method, path, body, headers) => {
    const { set, name, base, input } = operationAt(method, path, body);
    const client = clientAt(base);
    if (name === 'createTransaction') return order(client, body, headers);
    const operations = { wire: client.operations, extension: client.opentopup.operations, operator }[set];
    if (headers['accept'] === CSV) {
      return answerTo(headers, async () => new Response(await operations.stream(name as never, CSV, input)).text());
    }
    return answerTo(headers, () => operations.answer(name as never, input));
  }, token);
}
