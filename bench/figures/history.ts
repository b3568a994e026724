import pg from 'pg';
import { openPostgresql } from '../../packages/server/src/database/postgres.ts';
import type { Bench } from '../bench.ts';
import type { Figure, Measured } from '../figure.ts';
import { readRequest } from '../load/orders.ts';
import { planShops } from '../sides/catalogue.ts';
import { makeHistory, settleHistory } from '../sides/history.ts';
import { makeOurWorld, type OurWorld, startOurs } from '../sides/ours.ts';
import { fetchToken, type OrderingClient, type Side } from '../sides/side.ts';
import { compared } from './sales.ts';

/** One distributor has half of all sales, one has few, the others share the rest. */
const SALES = 10_000_000;
const MANY = SALES / 2;
const FEW = 5_000;
const DISTRIBUTORS = 20;
const CONNECTIONS = 256;

/** The distributors of a world, in the order of SALES. */
const shopsOf = ({ shops }: OurWorld) => [shops.hot, ...shops.wide] as const;

async function makeFullWorld(bench: Bench): Promise<OurWorld> {
  const world = await makeOurWorld(planShops(DISTRIBUTORS));
  bench.atEnd(() => world.postgres.stop());
  const client = new pg.Client({ connectionString: world.postgres.url });
  const db = openPostgresql(world.postgres.url, (error) => bench.say(String(error)));
  await client.connect();
  try {
    const rest = Math.floor((SALES - MANY - FEW) / (DISTRIBUTORS - 1));
    let done = 0;
    for (const [i, shop] of shopsOf(world).entries()) {
      const sales = [MANY, FEW][i] ?? rest;
      await makeHistory(client, shop, sales, (written) =>
        bench.say(`… history: ${(((done + written) / SALES) * 100).toFixed(0)} % of ${SALES} sales`),
      );
      done += sales;
    }
    bench.say('… history: vacuum and analyze');
    await settleHistory(client, db);
    return world;
  } finally {
    await Promise.all([client.end(), db.close()]);
  }
}

const full = (bench: Bench): Promise<Side> =>
  bench.once('full', async () => {
    const world = await bench.once('full world', () => makeFullWorld(bench));
    return bench.keep(startOurs('full', world));
  });

const empty = (bench: Bench): Promise<Side> =>
  bench.once('empty', async () => {
    const world = await makeOurWorld(planShops(DISTRIBUTORS));
    bench.atEnd(() => world.postgres.stop());
    return bench.keep(startOurs('empty', world));
  });

async function create(bench: Bench): Promise<Measured> {
  const sides = [await full(bench), await empty(bench)] as const;
  const [many, none] = sides.map((side) => () => bench.sell(side, 'hot', CONNECTIONS));
  if (!many || !none) throw new Error('two sides are needed');
  return compared(['10 million', 'empty'], await bench.inTurn('create_10m_vs_empty', many, none));
}

/** Measures the latency of one read after the other, of the distributor with many sales and of the one with few. */
async function read(bench: Bench, name: string, path: string, holds: string): Promise<Measured> {
  const side = await full(bench);
  const [many, few] = shopsOf(await bench.once('full world', () => makeFullWorld(bench)));
  side.server.resume();
  const ask = async (shop: OrderingClient) => {
    const token = await fetchToken(side.server.port, shop);
    const requests = [readRequest(side.server.port, token, path)];
    return () => bench.ask(side, { connections: 1, ask: { requests, status: 200, holds } });
  };
  const pairs = await bench.inTurn(name, await ask(many), await ask(few as OrderingClient));
  const values = pairs.map(([a, b]) => (a.p50_ms ?? 0) / (b.p50_ms ?? 0));
  const { sides } = compared(['5 million', '5,000'], pairs);
  return { values, sides };
}

export const HISTORY: readonly Figure[] = [
  {
    name: 'create_10m_vs_empty',
    what: 'top-ups/s, one bucket, 256 connections, with 10 million sales in the past vs. none',
    unit: 'x',
    better: 'higher',
    must: 0.9,
    aim: 1,
    quick: false,
    measure: create,
  },
  {
    name: 'list_5m_vs_5k',
    what: 'time for the newest page of 100, of a distributor with 5 million sales vs. with 5,000',
    unit: 'x',
    better: 'lower',
    must: 2,
    aim: 1.1,
    quick: false,
    measure: (bench) => read(bench, 'list_5m_vs_5k', '/distributors/transactions?limit=100', '"status":"ok"'),
  },
  {
    name: 'count_5m_vs_5k',
    what: 'time for the count, of a distributor with 5 million sales vs. with 5,000',
    unit: 'x',
    better: 'lower',
    must: 2,
    aim: 1.1,
    quick: false,
    measure: (bench) => read(bench, 'count_5m_vs_5k', '/distributors/transactions/count', '"count":'),
  },
];
