import { SimulatedSupplier } from '@opentopup/client/testing';
import { expect, vi } from 'vitest';
import { callerWith, type PathCaller, signInClient } from '../support/caller.ts';
import type { DemoPlace, RunningServer } from '../support/server.ts';
import { made, PRODUCT } from '../support/shop.ts';

const WAIT = { timeout: 120_000, interval: 100 };

/** A supplier that is played and lists what it has delivered, with an offer of it. */
export interface SupplierBooks {
  vendor: SimulatedSupplier;
  supplier_id: string;
  distributor_id: string;
  product_id: string;
  offer: string;
  client: { client_id: string; client_secret: string };
  operator: PathCaller;
  /** Sells a unit there, and gives the id of the sale. */
  sell: () => Promise<string>;
  /** Has an order end otherwise at the supplier than it was told here. */
  endThere: (reference: string, ending: string) => Promise<void>;
  /** Orders something at the supplier that is not known here; the product that is sold here, unless told. */
  orderThere: (reference: string, productThere?: number) => Promise<void>;
}

/** Opens an account at a supplier that is played, and sells its product. */
export async function openSupplierBooks(server: RunningServer, { demo }: DemoPlace): Promise<SupplierBooks> {
  const vendor = await SimulatedSupplier.start('dtone', 1_000);
  const operator = callerWith(server, demo.admin_token);
  const make = async (where: string, body: object) => made(await operator.post(`/admin/v1${where}`, body));
  const { KEY: key, SECRET: secret } = vendor.credentials;
  const access = { connector: 'dtone', settings: { base_url: vendor.baseUrl }, secrets: { key, secret } };
  const supplier_id = (await make('/suppliers', { name: 'DT One', country: 'FR', ...access })).id as string;
  const product = { ...PRODUCT, bonus_value: 2, supplier_id, supplier_reference: '10002' };
  const product_id = (await make('/products', product)).id as string;
  const distributor_id = (await make('/distributors', { name: 'Shop' })).id as string;
  const client = await make(`/distributors/${distributor_id}/credentials`, { name: 'Till' });
  const offer = (await make('/offers', { distributor_id, product_id, name: 'Two', resell_value: 3 })).id as string;
  await make(`/offers/${offer}/grants`, { units: 50, reference: 'first', justification: 'Test' });
  const shop = await signInClient(server, client);
  const ordered = async (reference: string) =>
    (await vendor.orders()).find((order: { reference?: string }) => order.reference === reference);
  return {
    vendor,
    supplier_id,
    distributor_id,
    product_id,
    offer,
    client,
    operator,
    sell: async () => (await shop.sell(offer, { msisdn: '0684587100' })).body.id as string,
    endThere: async (reference, ending) => {
      await vendor.control('POST', `/orders/${(await ordered(reference))?.id}`, { ending });
    },
    orderThere: async (external_id, productThere = 10_002) => {
      const body = {
        external_id,
        product_id: productThere,
        auto_confirm: true,
        credit_party_identifier: { mobile_number: '+33684587300' },
      };
      const headers = { authorization: `Basic ${btoa(`${key}:${secret}`)}`, 'content-type': 'application/json' };
      const sent = { method: 'POST', headers, body: JSON.stringify(body) };
      expect((await fetch(`${vendor.baseUrl}/async/transactions`, sent)).status).toBe(201);
      await vi.waitFor(async () => expect((await ordered(external_id))?.state).toBe('delivered'), WAIT);
    },
  };
}
