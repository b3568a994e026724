import { randomUUID } from 'node:crypto';
import { OperatorServer, SimulatedSupplier } from '@opentopup/client/testing';
import { describe, expect, it } from 'vitest';
import type { Connector, ProductAccess, SupplierAccess } from '../../src/connectors/connector.ts';
import { ding } from '../../src/connectors/ding/ding.ts';
import { dtone } from '../../src/connectors/dtone/dtone.ts';
import { reloadly } from '../../src/connectors/reloadly/reloadly.ts';
import type { SupplierTransaction } from '../../src/connectors/supplier-books.ts';
import { travelB2B } from '../../src/connectors/travel-b2b/travel-b2b.ts';

const AT_ONCE = 1_000_000;
const HOUR_MS = 3_600_000;
/** The order that is refused. */
const REFUSED = 3;
const soon = (): AbortSignal => AbortSignal.timeout(60_000);

/** A supplier that is played, and how an order of it is refused. */
interface Played {
  connector: Connector;
  supplier: SupplierAccess;
  product: ProductAccess;
  /** Null: by the number. */
  refuse: (() => Promise<unknown>) | null;
  /** What it takes back, where it can. */
  takeBack: ((reference: string) => Promise<unknown>) | null;
  end: () => Promise<void>;
}

const product = (supplier_reference: string | null, settings = {}): ProductAccess => ({
  id: randomUUID(),
  supplier_reference,
  settings,
});

async function played(
  name: string,
  connector: Connector,
  at: (vendor: SimulatedSupplier) => Pick<SupplierAccess, 'settings' | 'secrets'>,
  sold: ProductAccess,
  [refused, reversed]: readonly [string, string],
): Promise<Played> {
  const vendor = await SimulatedSupplier.start(name, AT_ONCE);
  return {
    connector,
    supplier: { id: randomUUID(), ...at(vendor) },
    product: sold,
    refuse: () => vendor.control('POST', '/endings', { ending: refused }),
    takeBack: async (reference) => {
      const order = (await vendor.orders()).find((each) => each.reference === reference);
      await vendor.control('POST', `/orders/${order?.id}`, { ending: reversed });
    },
    end: () => vendor.stop(),
  };
}

const PLAYED: Record<string, () => Promise<Played>> = {
  dtone: () =>
    played(
      'dtone',
      dtone([10, 20, 50, 100, 200]),
      ({ baseUrl: base_url, credentials: { KEY: key = '', SECRET: secret = '' } }) => ({
        settings: { base_url },
        secrets: { key, secret },
      }),
      product('10002'),
      ['DECLINED', 'REVERSED'],
    ),
  reloadly: () =>
    played(
      'reloadly',
      reloadly(),
      ({ baseUrl: url, credentials: { CLIENT_ID: client_id, CLIENT_SECRET: client_secret = '' } }) => ({
        settings: { base_url: url, auth_url: url, client_id },
        secrets: { client_secret },
      }),
      product(null, { operator_id: 101, country: 'FR', amount: 10, currency: 'USD', is_local: false }),
      ['REFUNDED', 'REFUNDED'],
    ),
  ding: () =>
    played(
      'ding',
      ding(),
      ({ baseUrl: base_url, credentials: { API_KEY: api_key = '' } }) => ({
        settings: { base_url },
        secrets: { api_key },
      }),
      product(null, { sku_code: 'S1FR_10', amount: 10, currency: 'USD' }),
      ['Failed', 'Failed'],
    ),
  'travel-b2b': async () => {
    const server = await new OperatorServer().start();
    const { origin, clientId: client_id, clientSecret: client_secret } = server;
    return {
      connector: travelB2B(),
      supplier: {
        id: randomUUID(),
        settings: { base_url: `${origin}/travel-b2b/v1`, client_id },
        secrets: { client_secret },
      },
      product: product(server.offers[0]?.id ?? ''),
      refuse: null,
      takeBack: null,
      end: () => server.stop(),
    };
  },
};

describe.each(Object.keys(PLAYED))('the books of %s', (name) => {
  it('tell of each order what was asked for under our reference, what became of it and what it costs', async () => {
    const {
      connector,
      supplier,
      product: sold,
      refuse,
      takeBack,
      end,
    } = await (PLAYED[name] as () => Promise<Played>)();
    try {
      const began = Date.now() - 1_000;
      const order = async (nth: number): Promise<string> => {
        const reference = randomUUID();
        const national = `68458${nth === REFUSED ? '7002' : 7010 + nth * 10}`;
        const line = { kind: 'msisdn', e164: `+33${national}`, national } as const;
        await connector.recharge({ reference, line, product: sold, supplier }, soon());
        return reference;
      };
      const delivered = [await order(0), await order(1), await order(2)];
      await refuse?.();
      const refused = await order(REFUSED);
      if (takeBack) await takeBack(delivered[2] as string);

      const list = async (from: number, before: number): Promise<SupplierTransaction[]> => {
        const span = { from: new Date(from), before: new Date(before) };
        const found: SupplierTransaction[] = [];
        for await (const page of connector.listTransactions?.(supplier, span, soon()) ?? []) found.push(...page);
        return found;
      };
      const books = await list(began - 30 * HOUR_MS, Date.now() + 30 * HOUR_MS);
      const of = (reference: string) => books.filter((each) => each.reference === reference);
      for (const reference of delivered.slice(0, 2)) {
        expect(of(reference)).toMatchObject([
          { state: 'delivered', at: expect.any(Date), value: { amount: expect.any(Number) } },
        ]);
        const [{ line, cost, at }] = of(reference) as [SupplierTransaction];
        expect(line?.replace('+', '')).toMatch(/^3368458\d{4}$/);
        expect(cost?.amount).toBeGreaterThan(0);
        expect(Math.abs(at.getTime() - began)).toBeLessThan(60_000);
      }
      if (takeBack) expect(['reversed', 'refused']).toContain(of(delivered[2] as string)[0]?.state);
      for (const each of of(refused)) expect(each.state).toBe('refused');
      const names = books.map(({ supplier_reference }) => supplier_reference);
      expect(new Set(names).size).toBe(new Set(delivered).size + of(refused).length);
      // What a supplier lists beside the time that was asked for, tells its own time.
      const long_ago = began - 40 * 24 * HOUR_MS;
      const before = await list(long_ago, long_ago + HOUR_MS);
      expect(before.filter(({ at }) => at.getTime() < long_ago + HOUR_MS)).toEqual([]);
    } finally {
      await end();
    }
  });
});
