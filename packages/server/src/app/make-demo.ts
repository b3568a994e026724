import { randomBytes } from 'node:crypto';
import { newClientSecret } from '../access/credentials/client-secret.ts';
import { addCredentials } from '../access/credentials/credentials.store.ts';
import { addOffer } from '../catalogue/offers/offers.store.ts';
import { addProduct, type NewProduct } from '../catalogue/products/products.store.ts';
import { addSupplier, type NewSupplier } from '../catalogue/suppliers/suppliers.store.ts';
import type { Query } from '../database/database.ts';
import { newId } from '../database/ids.ts';
import { addDistributor } from '../distributors/distributors.store.ts';
import { bookUnits } from '../ledger/bookings.store.ts';
import { addPeople, newPeople, type People } from './demo-people.ts';

const DEMO_UNITS = 1_000_000;
const SMALL_UNITS = 100;
/** No limit that somebody who tries things out would meet. */
const DEMO_REQUESTS_PER_MINUTE = 10_000_000;

/** The suppliers of the published API, under their ids. */
const FRANCE = supplier('7413e966-c97c-11ed-b80c-fa163e78aa28', 'Orange France', 'FR', 'simulator');
const TRAVELERS = {
  ...supplier('92d376d4-0c18-4da8-9e6e-4dd173bc554e', 'Welcome Travelers', 'FR', 'simulator'),
  settings: { by_serial: true, global_balances: true },
};
const SPAIN = supplier('e0c798dd-54a2-462d-8f87-79a44f7547a1', 'Orange Spain', 'ES', 'simulator');
const TRAVEL_B2B = supplier('e2c44763-fa73-11ef-bc0c-fa163ed2cb6e', 'Orange Travel B2B', 'FR', null);

function supplier(id: string, name: string, country: string, connector: string | null): NewSupplier {
  return { id, name, country, connector };
}

interface DemoOffer {
  kind: string;
  name: string;
  supplier: NewSupplier;
  units: number;
  product?: Partial<NewProduct>;
  expired?: true;
}

/** One offer for each thing that can happen to an order. */
const OFFERS: readonly DemoOffer[] = [
  { kind: 'msisdn', name: 'Mobile France 10 EUR', supplier: FRANCE, units: DEMO_UNITS },
  {
    kind: 'simId',
    name: 'Welcome Travelers 10 EUR',
    supplier: TRAVELERS,
    units: DEMO_UNITS,
    product: { line_kind: 'simId', transaction_type: 'bundle topup' },
  },
  { kind: 'small', name: 'Mobile France 10 EUR, few left', supplier: FRANCE, units: SMALL_UNITS },
  { kind: 'empty', name: 'Mobile France 10 EUR, sold out', supplier: FRANCE, units: 0 },
  {
    kind: 'withdrawn',
    name: 'Mobile France 10 EUR, withdrawn',
    supplier: FRANCE,
    units: DEMO_UNITS,
    product: { status: 'withdrawn' },
  },
  { kind: 'expired', name: 'Mobile France 10 EUR, expired', supplier: FRANCE, units: DEMO_UNITS, expired: true },
  { kind: 'unmanaged', name: 'Travel B2B 10 EUR, no connector', supplier: TRAVEL_B2B, units: DEMO_UNITS },
  {
    kind: 'spain',
    name: 'Mobile Spain 10 EUR',
    supplier: SPAIN,
    units: DEMO_UNITS,
    product: { coverage_zone: ['ES'] },
  },
  {
    kind: 'esim',
    name: 'Welcome Travelers eSIM 20 GB',
    supplier: TRAVELERS,
    units: DEMO_UNITS,
    product: {
      type: 'eSim',
      transaction_type: 'eSim',
      line_kind: null,
      coverage_zone: ['ES', 'FR', 'IT', 'PT'],
      metadata: {
        network: '4G',
        validity_duration: 30,
        validity_unit: 'days',
        data_amount: 20,
        data_unit: 'Go',
        kyc_level: 1,
        kyc_url: 'https://identification.example/travelers',
      },
    },
  },
];

interface Client {
  client_id: string;
  client_secret: string;
}

/** A client and one offer of each kind that its distributor has. */
interface DemoDistributor extends Client {
  offers: { id: string; kind: string; name: string }[];
}

/** What somebody needs to try the demo. */
export interface Demo extends DemoDistributor {
  /** A second distributor, without offers. */
  other: Client;
  /** People who may sign in: two of the operator, three of the first distributor. */
  console: People;
  /** The same offers in the sandbox. */
  sandbox: DemoDistributor;
}

const newClient = (name: string): Client => ({
  client_id: `${name}-${randomBytes(6).toString('hex')}`,
  client_secret: newClientSecret(),
});

const newOffers = (): DemoDistributor['offers'] => OFFERS.map(({ kind, name }) => ({ id: newId(), kind, name }));

/** Makes new names and secrets for a demo that is still to be made. */
export function planDemo(): Demo {
  return {
    ...newClient('demo'),
    offers: newOffers(),
    other: newClient('other'),
    console: newPeople(),
    sandbox: { ...newClient('sandbox'), offers: newOffers() },
  };
}

/** Fills an empty database with three distributors and one offer of each kind. Run it inside a transaction. */
export async function makeDemo(tx: Query, demo: Demo, digest: (secret: string) => string, now: Date): Promise<void> {
  for (const each of [FRANCE, TRAVELERS, SPAIN, TRAVEL_B2B]) await addSupplier(tx, each);
  const products = OFFERS.map(productOf);
  for (const product of products) await addProduct(tx, product);

  await addClient(tx, 'Other distributor', 'live', demo.other, digest);
  let live: string | null = null;
  for (const [name, world, made] of [
    ['Demo distributor', 'live', demo],
    ['Demo distributor (sandbox)', 'sandbox', demo.sandbox],
  ] as const) {
    const distributor_id = await addClient(tx, name, world, made, digest, live);
    live ??= distributor_id;
    for (const [i, offer] of OFFERS.entries()) {
      const { id } = made.offers[i] as DemoDistributor['offers'][number];
      await addDemoOffer(tx, { id, distributor_id, product_id: (products[i] as NewProduct).id }, offer, now);
    }
  }
  await addPeople(tx, demo.console, live, now);
}

async function addClient(
  tx: Query,
  name: string,
  world: 'live' | 'sandbox',
  { client_id, client_secret }: Client,
  digest: (secret: string) => string,
  sandbox_of: string | null = null,
): Promise<string> {
  const id = newId();
  await addDistributor(tx, { id, name, world, sandbox_of });
  await addCredentials(tx, {
    client_id,
    distributor_id: id,
    name: 'Demo',
    secret_sha256: digest(client_secret),
    requests_per_minute: DEMO_REQUESTS_PER_MINUTE,
  });
  return id;
}

function productOf(offer: DemoOffer): NewProduct {
  return {
    id: newId(),
    supplier_id: offer.supplier.id,
    name: offer.name,
    type: 'topup',
    transaction_type: 'airtime topup',
    line_kind: 'msisdn',
    status: 'available',
    coverage_zone: ['FR'],
    tags: ['demo'],
    currency: 'EUR',
    bonus_value_minor: 1_000,
    supplier_reference: null,
    metadata: { validity_duration: 30, validity_unit: 'days' },
    ...offer.product,
  };
}

async function addDemoOffer(
  tx: Query,
  ids: { id: string; distributor_id: string; product_id: string },
  offer: DemoOffer,
  now: Date,
): Promise<void> {
  await addOffer(tx, {
    ...ids,
    name: offer.name,
    resell_value_minor: 792,
    tags: ['demo'],
    expires_at: offer.expired ? new Date(now.getTime() - 86_400_000) : null,
  });
  if (offer.units === 0) return;
  const stock = { units: offer.units, reference: 'demo', justification: 'Stock of the demo' };
  await bookUnits(tx, { kind: 'grant', offer_id: ids.id, ...stock }, now, offer.units);
}
