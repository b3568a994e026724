import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '../../packages/server/src/database/database.ts';
import { openPostgresql } from '../../packages/server/src/database/postgres.ts';
import { writeEvents } from '../../packages/server/src/outbox/outbox.store.ts';
import type { Bench } from '../bench.ts';
import type { Figure, Measured } from '../figure.ts';
import { ratiosOf } from '../ratio.ts';
import type { SideReading } from '../reading.ts';
import { type PlannedShop, planShops } from '../sides/catalogue.ts';
import { makeOurWorld, startOurs } from '../sides/ours.ts';
import { fetchToken } from '../sides/side.ts';

const DISTRIBUTORS = 5;
const ENDPOINTS_EACH = 10;
/** Of each measurement, over all distributors; each is sent to the endpoints of its own. */
const EVENTS = 2_000;
const EVENTS_PER_SECOND = 100;
const BATCHES_PER_SECOND = 20;
/** Then whatever has not come is lost, or much too late. */
const GIVE_UP_AFTER_MS = 120_000;

/** Endpoints that note how long after its commit each event came; the one of this path never answers. */
interface Endpoints {
  origin: string;
  delays_ms: Map<string, number[]>;
  hanging: string | null;
  server: Server;
}

async function listen(): Promise<Endpoints> {
  const endpoints: Endpoints = { origin: '', delays_ms: new Map(), hanging: null, server: createServer() };
  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    const path = request.url ?? '';
    if (path === endpoints.hanging) return;
    response.writeHead(204).end();
    const written_ms = Number(JSON.parse(body).data.reference);
    endpoints.delays_ms.get(path)?.push(performance.now() - written_ms);
  };
  // A request that is cut off is sent again.
  endpoints.server.on('request', (request, response) => void receive(request, response).catch(() => {}));
  endpoints.server.listen(0, '127.0.0.1');
  await once(endpoints.server, 'listening');
  endpoints.origin = `http://127.0.0.1:${(endpoints.server.address() as AddressInfo).port}`;
  return endpoints;
}

/** Writes events at a steady pace, each with the moment at which it was written. */
async function write(db: Db, shops: readonly PlannedShop[]): Promise<void> {
  const each = EVENTS_PER_SECOND / BATCHES_PER_SECOND;
  const begun_ms = performance.now();
  for (let batch = 0; batch * each < EVENTS; batch += 1) {
    await sleep(Math.max(0, begun_ms + (batch * 1_000) / BATCHES_PER_SECOND - performance.now()));
    const events = Array.from({ length: each }, (_, i) => {
      const { distributor_id, offers } = shops[(batch * each + i) % shops.length] as PlannedShop;
      const offer_id = offers[0] as string;
      const data = { offer_id, offer_name: '', units: 1, available: 1, reference: String(performance.now()) };
      return { distributor_id, kind: 'stock.granted' as const, subject_id: offer_id, at: new Date(), data };
    });
    await writeEvents(db, events);
  }
}

/** Adds fifty endpoints, has events sent to them, and removes them. */
async function measureOnce(port: number, db: Db, shops: readonly PlannedShop[], all: Endpoints, hangs: boolean) {
  const tokens = await Promise.all(shops.map((shop) => fetchToken(port, shop)));
  const paths = tokens.flatMap((_, shop) => Array.from({ length: ENDPOINTS_EACH }, (__, n) => `/${shop}/${n}`));
  all.delays_ms = new Map(paths.map((path) => [path, []]));
  all.hanging = hangs ? (paths[0] as string) : null;
  const ask = async (path: string, method: string, shop: number, body?: object): Promise<{ id: string }> => {
    const headers = { authorization: `Bearer ${tokens[shop]}`, 'content-type': 'application/json' };
    const request = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    const answer = await fetch(`http://127.0.0.1:${port}/v1/webhooks${path}`, request);
    if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as { id: string };
  };
  const made = await Promise.all(
    paths.map(async (path) => {
      const shop = Number(path.split('/')[1]);
      return { shop, ...(await ask('', 'POST', shop, { url: all.origin + path })) };
    }),
  );

  const begun_ms = performance.now();
  await write(db, shops);
  const sound = paths.filter((path) => path !== all.hanging);
  const wanted = sound.length * (EVENTS / shops.length);
  const came = (): number[] => sound.flatMap((path) => all.delays_ms.get(path) ?? []);
  while (came().length < wanted) {
    if (performance.now() - begun_ms > GIVE_UP_AFTER_MS) throw new Error(`only ${came().length} of ${wanted} came`);
    await sleep(100);
  }
  const seconds = (performance.now() - begun_ms) / 1_000;
  await Promise.all(made.map(({ shop, id }) => ask(`/${id}`, 'DELETE', shop)));
  all.server.closeAllConnections();
  const sorted = came().toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;
  return { rate: wanted / seconds, p50_ms: at(0.5), p99_ms: at(0.99) } satisfies SideReading;
}

async function measure(bench: Bench): Promise<Measured> {
  const world = await makeOurWorld(planShops(DISTRIBUTORS));
  bench.atEnd(() => world.postgres.stop());
  const env = { SEALING_KEY: randomBytes(32).toString('base64'), WEBHOOK_ALLOW: '127.0.0.1' };
  const { server } = await startOurs('ours', world, { env });
  bench.atEnd(() => server.stop());
  const endpoints = await listen();
  bench.atEnd(() => void endpoints.server.close());
  const db = openPostgresql(world.postgres.url, () => {});
  bench.atEnd(() => db.close());

  const side = (hangs: boolean) => () => measureOnce(server.port, db, world.shops.wide, endpoints, hangs);
  const pairs = await bench.inTurn('webhooks_one_hangs', side(true), side(false));
  return {
    values: ratiosOf(pairs.map(([a, b]) => [a.p99_ms, b.p99_ms])),
    sides: { 'one hangs': pairs.map(([a]) => a), 'none hangs': pairs.map(([, b]) => b) },
  };
}

export const WEBHOOKS: Figure = {
  name: 'webhooks_one_hangs',
  what: 'p99 of the time from commit to arrival, 100 events/s to 50 endpoints of 5 distributors, one hangs vs. none does',
  unit: 'x',
  better: 'lower',
  must: 1.5,
  aim: 1.1,
  quick: false,
  measure,
};
