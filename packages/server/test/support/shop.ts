import { expect } from 'vitest';
import type { Answer, PathCaller } from './caller.ts';

/** What it takes to sell something, all of it made through the operator's API. */
export interface Shop {
  supplier_id: string;
  product_id: string;
  distributor_id: string;
  offer_id: string;
  client: { client_id: string; client_secret: string };
}

/** The body of an answer that something was made. */
export function made({ status, body }: Answer): any {
  expect({ status, body }).toMatchObject({ status: 201 });
  return body;
}

export const PRODUCT = {
  name: 'Mobile France 10 EUR',
  type: 'topup',
  transaction_type: 'airtime topup',
  line_kind: 'msisdn',
  currency: 'EUR',
  bonus_value: 10,
};

/** A distributor with a client, and an offer of a simulated supplier's product with so many units. */
export async function setUpShop(operator: PathCaller, name: string, units: number): Promise<Shop> {
  const make = async (path: string, body: object): Promise<any> => made(await operator.post(`/admin/v1${path}`, body));
  const supplier = await make('/suppliers', { name: 'Orange France', country: 'FR', connector: 'simulator' });
  const product = await make('/products', { ...PRODUCT, supplier_id: supplier.id });
  const distributor = await make('/distributors', { name });
  const client = await make(`/distributors/${distributor.id}/credentials`, { name: 'Till 1' });
  const ids = { distributor_id: distributor.id as string, product_id: product.id as string };
  const offer = await make('/offers', { ...ids, name: PRODUCT.name, resell_value: 7.92 });
  if (units > 0) await make(`/offers/${offer.id}/grants`, { units, reference: 'PO-1', justification: 'First order' });
  return { ...ids, supplier_id: supplier.id, offer_id: offer.id, client };
}
