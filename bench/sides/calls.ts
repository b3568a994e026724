import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { v7 } from 'uuid';
import { secretDigest } from '../../packages/server/src/access/credentials/client-secret.ts';
import { addCredentials } from '../../packages/server/src/access/credentials/credentials.store.ts';
import { addOffer } from '../../packages/server/src/catalogue/offers/offers.store.ts';
import { openPostgresql } from '../../packages/server/src/database/postgres.ts';
import type { Bench } from '../bench.ts';
import type { Expected } from '../load/answer-reader.ts';
import { orderText, readRequest } from '../load/orders.ts';
import { OFFER, type PlannedShop, planShops } from './catalogue.ts';
import { makeHistory, settleHistory } from './history.ts';
import { makeOurWorld, startOurs } from './ours.ts';
import { fetchToken, type OrderingClient, type Side } from './side.ts';

/** Requests of one kind, as they are sent, and what each is answered. */
export type AskedCall = { requests: readonly string[] } & Expected;

/** Everything that is asked of our server beside sales, on a database in which much was sold before. */
export interface Calls {
  ours: Side;
  of: Readonly<Record<string, AskedCall>>;
  /** Waits until the client that has asked too often is refused for a while. */
  exhaust: () => Promise<void>;
  /** Of the distributor that reads. */
  token: string;
}

/** What the distributor that reads has sold. */
const SALES = 100_000;
const DISTRIBUTORS = 500;
/** How many different transactions are asked for, and keys repeated. */
const VARIED = 500;
const AT_ONCE = 50;
/** The limit counts anew each minute; what is measured takes less than this. */
const LEAST_LEFT_S = 10;

const MSISDN = '+33612345678';
const DAYS_OF_A_YEAR = 365;

/** Repeats orders whose keys are known: each was sold before. */
async function soldUnderKeys(port: number, token: string, offer_id: string): Promise<string[]> {
  const keys = Array.from({ length: VARIED }, (_, i) => `replay-${i}`);
  const parameters = { msisdn: MSISDN };
  for (let i = 0; i < keys.length; i += AT_ONCE) {
    const sell = (key: string) =>
      fetch(`http://127.0.0.1:${port}/distributors/transactions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify({ offer_id, parameters }),
      });
    const answers = await Promise.all(keys.slice(i, i + AT_ONCE).map(sell));
    if (answers.some(({ status }) => status !== 201)) throw new Error('an order to be repeated was not sold');
  }
  return keys.map((key) => orderText(port, { token, offer_id }, MSISDN, key));
}

async function exhaust(port: number, token: string): Promise<void> {
  for (;;) {
    const { status, headers } = await fetch(`http://127.0.0.1:${port}/v1/stock`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const left_s = Number(headers.get('ratelimit-reset'));
    if (status === 429 && left_s >= LEAST_LEFT_S) return;
    if (status === 429) await new Promise((resolve) => setTimeout(resolve, left_s * 1_000));
  }
}

const LIMITED: OrderingClient = {
  client_id: `limited-${randomBytes(6).toString('hex')}`,
  client_secret: randomBytes(32).toString('base64url'),
  offers: [],
};

/** Gives one distributor a past, and another an offer without stock and a client that may ask once a minute. */
async function makePast(bench: Bench, url: string, reader: PlannedShop, other: PlannedShop, empty: string) {
  const client = new pg.Client({ connectionString: url });
  const db = openPostgresql(url, (error) => bench.say(String(error)));
  await client.connect();
  try {
    const { distributor_id } = other;
    await addOffer(db, { ...OFFER, id: empty, distributor_id, tags: [], expires_at: null });
    await addCredentials(db, {
      client_id: LIMITED.client_id,
      distributor_id,
      name: 'limited',
      secret_sha256: secretDigest(LIMITED.client_secret),
      requests_per_minute: 1,
    });
    await makeHistory(client, reader, SALES, () => {});
    await settleHistory(client, db);
    const rows = await db.query<{ id: string }>(
      'SELECT id FROM transactions WHERE distributor_id = $1 ORDER BY md5(id::text) LIMIT $2',
      [reader.distributor_id, VARIED],
    );
    return rows.map(({ id }) => id);
  } finally {
    await Promise.all([client.end(), db.close()]);
  }
}

/** Gives the server on a database with a past, and what is asked of it. */
export const callsOf = (bench: Bench): Promise<Calls> =>
  bench.once('calls', () => {
    bench.say('… 100,000 sales to read');
    return makeCalls(bench);
  });

/** Starts it, and makes up what is asked. */
async function makeCalls(bench: Bench): Promise<Calls> {
  const world = await makeOurWorld(planShops(DISTRIBUTORS));
  bench.atEnd(() => world.postgres.stop());
  const [reader, other] = world.shops.wide;
  if (!reader || !other) throw new Error('two distributors are needed');
  const empty = v7();
  const ids = await makePast(bench, world.postgres.url, reader, other, empty);
  const ours = await bench.keep(startOurs('calls', world));
  const { port } = ours.server;
  ours.server.resume();
  const [token, tokenOfOther, tokenOfLimited] = [
    await fetchToken(port, reader),
    await fetchToken(port, other),
    await fetchToken(port, LIMITED),
  ];
  const [offer_id = ''] = reader.offers;
  const replay = await soldUnderKeys(port, token, offer_id);
  ours.server.pause();
  const order = (by: string, of: string, msisdn = MSISDN): string =>
    orderText(port, { token: by, offer_id: of }, msisdn, '');
  const refused = (request: string, status: number, reason: string): AskedCall => ({
    requests: [request],
    status,
    holds: `"reason":"${reason}"`,
  });
  const read = (path: string, holds: string): AskedCall => ({
    requests: [readRequest(port, token, path)],
    status: 200,
    holds,
  });
  return {
    ours,
    exhaust: () => exhaust(port, tokenOfLimited),
    token,
    of: {
      replay: { requests: replay, status: 201, holds: '"status":"ok"' },
      bad_parameter: refused(order(token, offer_id, '+3361234'), 400, 'bad_parameter'),
      bucket_empty: refused(order(tokenOfOther, empty), 400, 'bucket_empty'),
      unauthorized: refused(order(`${token.slice(0, -8)}AAAAAAAA`, offer_id), 401, 'invalid_credentials'),
      too_many: refused(order(tokenOfLimited, offer_id), 429, 'too_many_requests'),
      get_transaction: {
        requests: ids.map((id) => readRequest(port, token, `/distributors/transactions/${id}`)),
        status: 200,
        holds: '"status":"ok"',
      },
      ...readsOf(read, offer_id),
    },
  };
}

/** Everything else that a distributor reads. */
function readsOf(read: (path: string, holds: string) => AskedCall, offer_id: string): Record<string, AskedCall> {
  const yearAgo = new Date(Date.now() - DAYS_OF_A_YEAR * 86_400_000).toISOString().slice(0, 10);
  return {
    page: read('/distributors/transactions?limit=100', '"status":"ok"'),
    get_offer: read(`/distributors/offers/${offer_id}`, '"bucket"'),
    offers: read('/distributors/offers', '"bucket"'),
    stock: read('/v1/stock', '"offer_id"'),
    count: read('/distributors/transactions/count', '"count":'),
    events: read('/v1/events?limit=100', '"type":"transaction.completed"'),
    overview: read(`/v1/overview?from=${yearAgo}&step=day`, '"'),
  };
}
