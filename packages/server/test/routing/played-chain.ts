import { type FaultProxy, type SimulatedOrder, SimulatedSupplier, startFaultProxy } from '@opentopup/client/testing';
import type { PathCaller } from '../support/caller.ts';
import { made, PRODUCT } from '../support/shop.ts';

/** How a supplier that is played is set up for a recharge of 2 EUR, and what may become of an order there. */
interface Part {
  connector: 'dtone' | 'reloadly' | 'ding';
  /** Where orders go, and where what became of them is asked for, each with its method. */
  orders: [string, string];
  looks: [string, string];
  supplier: (url: string, vendor: SimulatedSupplier) => { settings: object; secrets: object };
  product: object;
  /** Refusals of the operator's, in the vendor's words; of some it is not certain at once that they are. */
  refusals: readonly string[];
  /** An ending that never comes, and then the two that may. */
  endings: { open: string; delivered: string; refused: string };
}

const PARTS: readonly Part[] = [
  {
    connector: 'dtone',
    orders: ['POST', '/async/transactions'],
    looks: ['GET', '/transactions'],
    supplier: (base_url, { credentials: { KEY, SECRET } }) => ({
      settings: { base_url },
      secrets: { key: KEY, secret: SECRET },
    }),
    product: { supplier_reference: '10002' },
    refusals: ['DECLINED-OPERATOR-CURRENTLY-UNAVAILABLE', 'DECLINED', 'DECLINED-BARRED-CREDIT-PARTY'],
    endings: { open: 'SUBMITTED', delivered: 'COMPLETED', refused: 'DECLINED' },
  },
  {
    connector: 'reloadly',
    orders: ['POST', '/topups-async'],
    looks: ['GET', '/topups/reports/transactions'],
    supplier: (url, { credentials: { CLIENT_ID: client_id, CLIENT_SECRET, WEBHOOK_SECRET } }) => ({
      settings: { base_url: url, auth_url: url, client_id },
      secrets: { client_secret: CLIENT_SECRET, webhook_secret: WEBHOOK_SECRET },
    }),
    product: { settings: { operator_id: 101, country: 'FR', amount: 2, currency: 'EUR', is_local: true } },
    refusals: ['TRANSACTION_REFUSED_BY_OPERATOR', 'FAILED', 'PHONE_BANNED_BY_OPERATOR'],
    endings: { open: 'PROCESSING', delivered: 'SUCCESSFUL', refused: 'REFUNDED' },
  },
  {
    connector: 'ding',
    orders: ['POST', '/SendTransfer'],
    looks: ['POST', '/ListTransferRecords'],
    supplier: (base_url, { credentials: { API_KEY } }) => ({ settings: { base_url }, secrets: { api_key: API_KEY } }),
    product: { settings: { sku_code: 'S1FR_ANY', amount: 2, currency: 'USD' } },
    refusals: ['ProductUnavailable', 'RateLimited', 'Failed', 'ProviderTimedOut'],
    endings: { open: 'Processing', delivered: 'Complete', refused: 'Failed' },
  },
];

/** So fast that whatever an order comes to has happened once it is answered. */
const AT_ONCE = 1_000_000;

/** One supplier of a chain: a process that plays it, a network before it, and how our server knows it. */
export interface ChainLink extends Part {
  vendor: SimulatedSupplier;
  proxy: FaultProxy;
  supplier_id: string;
  product_id: string;
}

/** Starts the three suppliers, each behind a network of its own, and makes them known to a server. */
export function startChain(operator: PathCaller, deadline_ms: number): Promise<ChainLink[]> {
  const make = async (path: string, body: object) => made(await operator.post(`/admin/v1${path}`, body));
  return Promise.all(
    PARTS.map(async (part) => {
      const { connector } = part;
      const vendor = await SimulatedSupplier.start(connector, AT_ONCE);
      const proxy = await startFaultProxy(vendor.origin);
      const url = proxy.url + new URL(vendor.baseUrl).pathname.replace(/\/$/, '');
      const known = { name: connector, country: 'FR', connector, deadline_ms, ...part.supplier(url, vendor) };
      const { id: supplier_id } = await make('/suppliers', known);
      const product = { ...PRODUCT, name: `Two by ${connector}`, bonus_value: 2, supplier_id, ...part.product };
      const { id: product_id } = await make('/products', product);
      return { ...part, vendor, proxy, supplier_id, product_id };
    }),
  );
}

/** Brings all that a supplier is still working on to one of its two ends. @returns how many that were */
export async function endOpenOrders({ vendor, endings }: ChainLink, isDelivered: () => boolean): Promise<number> {
  const open = (await vendor.orders()).filter(({ state }) => state === 'held');
  for (const { id } of open) {
    const ending = isDelivered() ? endings.delivered : endings.refused;
    await vendor.control('POST', `/orders/${id}`, { ending });
  }
  return open.length;
}

/** An order that a supplier of a chain has delivered. */
export type ChainDelivery = Pick<SimulatedOrder, 'reference' | 'line'> & { connector: Part['connector'] };

/** Lists what all suppliers have delivered, by their books; lines as digits. */
export async function deliveriesOf(chain: readonly ChainLink[]): Promise<ChainDelivery[]> {
  const books = await Promise.all(
    chain.map(async ({ connector, vendor }) =>
      (await vendor.orders())
        .filter(({ delivered_at }) => delivered_at !== null)
        .map(({ reference, line }) => ({ connector, reference, line: line?.replaceAll(/\D/g, '') ?? null })),
    ),
  );
  return books.flat();
}
