import { callerWith, type PathCaller, signInClient } from './caller.ts';
import { SEALING_KEY } from './secrets.ts';
import { createWorld, type DemoPlace, type Engine, type RunningServer } from './server.ts';

/** The id of the gateway's supplier, in its own database. */
export const UPSTREAM = '01890000-0000-7000-8000-00000000aaaa';

export interface Gateway {
  world: DemoPlace;
  /** Whoever runs it. */
  operator: (server: RunningServer) => PathCaller;
  start: (env?: Record<string, string>) => Promise<RunningServer>;
}

interface Access {
  origin: string;
  client_id: string;
  client_secret: string;
}

/** A gateway on a database of its own, still without a supplier. */
export async function createGateway(engine: Engine): Promise<Gateway> {
  const world = await createWorld(engine);
  return {
    world,
    operator: (server) => callerWith(server, world.demo.admin_token),
    start: (env = {}) => world.start({ SEALING_KEY, ...env }),
  };
}

/**
 * Makes another server the gateway's supplier and takes over its offers, for the demo's distributor.
 * @returns the gateway's offers, by the ids that they have there
 */
export async function connectUpstream(
  gateway: Gateway,
  server: RunningServer,
  { origin, client_id, client_secret }: Access,
  settings: object = {},
): Promise<Map<string, string>> {
  const operator = gateway.operator(server);
  const supplier = {
    id: UPSTREAM,
    name: 'Upstream',
    country: 'FR',
    connector: 'travel-b2b',
    settings: { base_url: `${origin}/travel-b2b/v1`, client_id, ...settings },
    secrets: { client_secret },
  };
  const made = await operator.post('/admin/v1/suppliers', supplier);
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  const [known] = (await (await signInClient(server, gateway.world.demo)).get('/distributors/offers?limit=1')).body;
  const { distributor_id } = known as { distributor_id: string };
  const imported = await operator.post(`/admin/v1/suppliers/${UPSTREAM}/imports`, { distributor_id });
  if (imported.status !== 200) throw new Error(JSON.stringify(imported.body));
  const products = (await operator.get(`/admin/v1/products?supplier=${UPSTREAM}&limit=1000`)).body as any[];
  const offers = (await operator.get(`/admin/v1/offers?distributor=${distributor_id}&limit=1000`)).body as any[];
  const ofProduct = new Map(offers.map(({ id, product_id }) => [product_id as string, id as string]));
  return new Map(products.map(({ id, supplier_reference }) => [supplier_reference, ofProduct.get(id) ?? '']));
}
