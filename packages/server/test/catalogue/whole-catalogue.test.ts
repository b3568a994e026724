import { readFileSync } from 'node:fs';
import { SimulatedSupplier } from '@opentopup/client/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operatorOf } from '../support/caller.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';

/** 220 products so many times. */
const TIMES = 230;
const MOST_MB = 150;
const WITHIN_MS = 900_000;

describe('a supplier of 50,000 products', () => {
  let world: DemoPlace;
  let server: RunningServer;
  let vendor: SimulatedSupplier;

  beforeAll(async () => {
    world = await createWorld('postgresql');
    server = await world.start({ SEALING_KEY });
    vendor = await SimulatedSupplier.start('dtone', 1_000);
    await vendor.control('PATCH', '/settings', { catalogue_times: TIMES, requests_per_second: 0 });
  });
  afterAll(async () => {
    await vendor?.stop();
    await world?.remove();
  });

  /** What the server has in memory, or has had at most, in MB. */
  const memoryOf = (of: 'VmRSS' | 'VmHWM'): number =>
    Number(new RegExp(`^${of}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${server.process.pid}/status`, 'utf8'))?.[1]) /
    1_024;

  it(
    'is taken over in bounded memory, as products and offers, and again without a change',
    async () => {
      const operator = operatorOf(server, world.demo.admin_token, { timeout_ms: 600_000 });
      const { KEY = '', SECRET = '' } = vendor.credentials;
      const supplier = await operator.suppliers.create({
        name: 'Many',
        country: 'FR',
        connector: 'dtone',
        settings: { base_url: vendor.baseUrl },
        secrets: { key: KEY, secret: SECRET },
      });
      const distributor = await operator.distributors.create({ name: 'Everything' });
      const before_mb = memoryOf('VmRSS');
      const timed = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
        const begin_ms = performance.now();
        const done = await work();
        return [done, Math.round((performance.now() - begin_ms) / 1_000)];
      };
      const import_all = () => operator.suppliers.import(supplier.id, { distributor_id: distributor.id });
      const [first, first_s] = await timed(import_all);
      const [again, again_s] = await timed(import_all);
      const figures = {
        products: first.products.created,
        needs_amount: first.needs_amount,
        first_s,
        again_s,
        before_mb: Math.round(before_mb),
        most_mb: Math.round(memoryOf('VmHWM')),
      };
      process.stdout.write(`a whole catalogue: ${JSON.stringify(figures)}\n`);
      expect(first.products.created + first.needs_amount).toBeGreaterThan(50_000);
      expect([first.products.errors, first.offers.errors]).toEqual([[], []]);
      expect(first.offers.created).toBe(first.products.created);
      expect(again.products).toMatchObject({ created: 0, changed: 0, unchanged: first.products.created });
      expect(again.offers.created).toBe(0);
      expect(figures.most_mb - before_mb).toBeLessThan(MOST_MB);
    },
    WITHIN_MS,
  );
});
