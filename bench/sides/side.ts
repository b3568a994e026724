import type { Target } from '../load/orders.ts';
import type { Postgres } from './postgres.ts';
import type { ServerProcess } from './program.ts';

/** A distributor's client, and the offers that it may order. */
export interface OrderingClient {
  client_id: string;
  client_secret: string;
  offers: readonly string[];
}

/** Everything that orders are made of. */
export interface Shops {
  /** One offer, whose bucket takes it all. */
  hot: OrderingClient;
  /** Buckets over which the load is spread, of one distributor or several. */
  wide: readonly OrderingClient[];
}

/** One of the two that are compared: a server, and the database behind it if it has one. */
export interface Side {
  name: string;
  server: ServerProcess;
  postgres: Postgres | null;
  hot: readonly Target[];
  wide: readonly Target[];
}

/** Gets a token as any client does. */
export async function fetchToken(port: number, { client_id, client_secret }: OrderingClient): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/oauth/v3/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const { access_token } = (await answer.json()) as { access_token?: string };
  if (!access_token) throw new Error(`no token: ${answer.status}`);
  return access_token;
}

async function targetsOf(port: number, shop: OrderingClient): Promise<Target[]> {
  const token = await fetchToken(port, shop);
  return shop.offers.map((offer_id) => ({ token, offer_id }));
}

/** Gives a side, ready to be asked. */
export async function sideOf(
  name: string,
  server: ServerProcess,
  postgres: Postgres | null,
  shops: Shops,
): Promise<Side> {
  const { port } = server;
  const wide = await Promise.all(shops.wide.map((shop) => targetsOf(port, shop)));
  return { name, server, postgres, hot: await targetsOf(port, shops.hot), wide: wide.flat() };
}
