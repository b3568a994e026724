import type { SupplierImport } from '@opentopup/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importSupplier } from '../../src/catalogue/import/import-supplier.ts';
import { searchListings } from '../../src/catalogue/suppliers/listings.query.ts';
import { readCatalogue } from '../../src/catalogue/suppliers/read-catalogue.ts';
import { findSupplierDetail } from '../../src/catalogue/suppliers/suppliers.query.ts';
import { addSupplier } from '../../src/catalogue/suppliers/suppliers.store.ts';
import type { Connector, SupplierProduct } from '../../src/connectors/connector.ts';
import { simulator } from '../../src/connectors/simulator/simulator.ts';
import type { Context } from '../../src/context.ts';
import type { Db } from '../../src/database/database.ts';
import { newId } from '../../src/database/ids.ts';
import { contextOn } from '../support/context.ts';
import { createWorld, type DemoPlace, ENGINES } from '../support/server.ts';

const SUPPLIER = newId();
const COUNTRIES = ['SN', 'CI', 'ML', 'MA'];
const PAGE = 500;
const MANY = process.env['LONG'] ? 50_000 : 3_000;

/** One of a made-up catalogue: every tenth is a range. */
function productOf(i: number): SupplierProduct {
  const country = COUNTRIES[i % COUNTRIES.length] as string;
  const kind = { type: 'topup', transaction_type: 'airtime topup', line_kind: 'msisdn' } as const;
  const isRange = i % 10 === 0;
  return {
    ...kind,
    tags: [],
    supplier_reference: `P-${i}`,
    name: `Mobile ${country} ${i}`,
    coverage_zone: [country],
    line_country: country,
    network: { id: `${i % 7}`, name: `Network ${i % 7}` },
    currency: 'EUR',
    bonus_value: 0,
    cost: isRange ? 0.001_6 : 1 + (i % 100) / 1_000,
    metadata: {},
    ...(isRange
      ? { range: { min: 500, max: 10_000, currency: 'XOF' } }
      : { denomination: { amount: 500, currency: 'XOF' }, settings: { amount: 500, currency: 'XOF' } }),
  };
}

describe.each(ENGINES)('a large catalogue, on %s', (engine) => {
  let world: DemoPlace;
  let db: Db;
  let ctx: Context;
  let distributor_id: string;
  /** What the supplier lists. */
  let listed: (i: number) => SupplierProduct | null = productOf;
  /** How many pages were asked for before the one before was taken. */
  let pages = 0;
  const said: (number | undefined)[] = [];

  beforeAll(async () => {
    world = await createWorld(engine);
    db = await world.openDb();
    const sandbox = simulator({ latency_ms: 0, callbackUrl: () => null, callbackSecret: '' });
    const connector: Connector = {
      ...sandbox,
      async *listProducts() {
        for (let i = 0; i < MANY; i += PAGE) {
          pages += 1;
          said.push((await findSupplierDetail(db, SUPPLIER))?.reading?.coming ?? undefined);
          yield Array.from({ length: Math.min(PAGE, MANY - i) }, (_, n) => listed(i + n)).filter(
            (each) => each !== null,
          );
        }
      },
    };
    ctx = contextOn(db, { connectors: { names: ['listing'], get: () => connector, sandbox } });
    await addSupplier(db, { id: SUPPLIER, name: 'Many', country: 'FR', connector: 'listing' });
    const [offer] = await db.query<{ distributor_id: string }>('SELECT distributor_id FROM offers WHERE id = $1', [
      world.offer('msisdn'),
    ]);
    distributor_id = offer?.distributor_id ?? '';
  });
  afterAll(async () => {
    await db.close();
    await world.remove();
  });

  const versionOf = async (): Promise<number> =>
    (await db.query<{ version: number }>('SELECT version FROM catalogue_version'))[0]?.version ?? 0;
  const read = async (): Promise<any> => readCatalogue(ctx, SUPPLIER, {}, 'test');
  const choose = async (body: SupplierImport): Promise<any> => importSupplier(ctx, SUPPLIER, body, 'test');
  const find = async (search: object): Promise<string[]> =>
    (await searchListings(db, SUPPLIER, { offset: 0, limit: 1_000, ...search })).map(
      ({ supplier_reference }) => supplier_reference,
    );

  it('is read page by page, tells how much has come, and lets no sale forget what it knows', async () => {
    const before = await versionOf();
    expect(await read()).toMatchObject({ listed: MANY, missing: 0, changes: [] });
    expect(pages).toBe(MANY / PAGE);
    expect(said.slice(0, 3)).toEqual([undefined, PAGE, 2 * PAGE]);
    expect(await versionOf()).toBe(before);
    expect((await findSupplierDetail(db, SUPPLIER))?.reading).toMatchObject({ coming: null, failed_at: null });
    expect(await db.query('SELECT FROM supplier_listings')).toEqual([]);
  });

  it('again changes nothing', async () => {
    const rows = () => db.query('SELECT * FROM supplier_catalogue ORDER BY supplier_reference LIMIT 500');
    const before = await rows();
    expect(await read()).toMatchObject({ listed: MANY, changes: [] });
    expect(await rows()).toEqual(before);
  });

  it('is searched by country, network, text and cost', async () => {
    const [sn, mali] = [await find({ country: 'SN' }), await find({ country: 'ML', network: 'network 3' })];
    expect(sn).toContain('P-4');
    expect(sn).not.toContain('P-5');
    expect(mali).toContain('P-10');
    expect(await find({ text: 'mobile ci 5', country: 'CI' })).toContain('P-5');
    expect(await find({ text: 'p-17', max_cost: 1.017 })).toContain('P-17');
    expect(await find({ text: 'P-17', min_cost: 1.2 })).toEqual([]);
    expect(await find({ country: 'FR' })).toEqual([]);
  });

  it('becomes products and offers only where it is chosen; a dry run only says so', async () => {
    const choices = [
      { supplier_reference: 'P-4' },
      { supplier_reference: 'P-20', amount: 1_000, resell_value: 2.5 },
      { supplier_reference: 'P-20', amount: 2_000 },
    ];
    const made = { created: 3, changed: 0, unchanged: 0, errors: [] };
    const count = async () => (await db.query('SELECT FROM products WHERE supplier_id = $1', [SUPPLIER])).length;
    const dry = await choose({ choices, distributor_id, dry_run: true });
    expect(dry).toMatchObject({ products: { dry_run: true, ...made }, offers: made });
    expect(await count()).toBe(0);
    const before = await versionOf();
    expect(await choose({ choices, distributor_id })).toMatchObject({ products: made, offers: made });
    expect(await versionOf()).toBeGreaterThan(before);
    expect(await choose({ choices, distributor_id })).toMatchObject({
      products: { created: 0, unchanged: 3 },
      offers: { created: 0, unchanged: 3 },
    });
    expect(await count()).toBe(3);
    const offers = await db.query(
      `SELECT p.name, o.resell_value_minor, p.denomination_minor, p.denomination_currency, p.line_country, p.network_id
       FROM offers o JOIN products p ON p.id = o.product_id WHERE p.supplier_id = $1 ORDER BY p.name`,
      [SUPPLIER],
    );
    const kept = (name: string, resell_value_minor: number, denomination_minor: number, network_id: string) => ({
      name,
      resell_value_minor,
      denomination_minor,
      network_id,
      denomination_currency: 'XOF',
      line_country: 'SN',
    });
    expect(offers).toEqual([
      kept('Mobile SN 20 1000 XOF', 250, 1_000, '6'),
      kept('Mobile SN 20 2000 XOF', 320, 2_000, '6'),
      // 1.004 EUR, rounded up.
      kept('Mobile SN 4', 101, 500, '4'),
    ]);
  });

  it('refuses as a whole what is not listed, and amounts that do not fit', async () => {
    const choices = [
      { supplier_reference: 'nothing' },
      { supplier_reference: 'P-8', amount: 5 },
      { supplier_reference: 'P-20' },
      { supplier_reference: 'P-20', amount: 499 },
      { supplier_reference: 'P-12' },
    ];
    const { products, offers } = await choose({ choices, distributor_id });
    expect(products.errors.map(({ line, column }: any) => [line, column])).toEqual([
      [1, 'supplier_reference'],
      [2, 'amount'],
      [3, 'amount'],
      [4, 'amount'],
    ]);
    expect([products.created, offers.created]).toEqual([0, 0]);
  });

  it('becomes products as a whole but what needs an amount, step by step; again changes nothing', async () => {
    const ranges = MANY / 10;
    const dry = await choose({ dry_run: true });
    expect(dry).toMatchObject({ products: { created: MANY - ranges - 1 }, needs_amount: ranges });
    const rss = process.memoryUsage().rss;
    const whole = await choose({ distributor_id });
    if (process.env['LONG']) {
      const grown_mb = Math.round((process.memoryUsage().rss - rss) / 2 ** 20);
      process.stdout.write(`${engine}: importing ${MANY} products has grown this process by ${grown_mb} MB\n`);
    }
    expect(whole.products).toMatchObject({ created: MANY - ranges - 1, unchanged: 1, errors: [] });
    expect(whole.offers).toMatchObject({ created: MANY - ranges - 1, unchanged: 1, errors: [] });
    expect((await findSupplierDetail(db, SUPPLIER))?.reading).toMatchObject({ coming: null });
    const again = await choose({ distributor_id });
    expect(again.products).toMatchObject({ created: 0, changed: 0, unchanged: MANY - ranges, errors: [] });
    expect(again.offers).toMatchObject({ created: 0, errors: [] });
  });

  it('whose product says the country of its supplier is the one that said none', async () => {
    // As it was made before its supplier told countries.
    await db.query(`UPDATE products SET line_country = NULL WHERE supplier_id = $1 AND supplier_reference = 'P-4'`, [
      SUPPLIER,
    ]);
    const choices = [{ supplier_reference: 'P-4' }];
    expect((await choose({ choices })).products.errors).toMatchObject([{ column: 'line_country' }]);
    await db.query(`UPDATE suppliers SET country = 'SN' WHERE id = $1`, [SUPPLIER]);
    expect((await choose({ choices })).products).toMatchObject({ unchanged: 1, errors: [] });
    await db.query(`UPDATE suppliers SET country = 'FR' WHERE id = $1`, [SUPPLIER]);
    await db.query(`UPDATE products SET line_country = 'SN' WHERE supplier_id = $1 AND supplier_reference = 'P-4'`, [
      SUPPLIER,
    ]);
  });

  it('that changes a price stops what is sold at a loss then, of a range by its amount', async () => {
    listed = (i) => ({ ...productOf(i), ...(i === 20 && { cost: 0.002 }), ...(i === 4 && { cost: 1.01 }) });
    const { changes } = await read();
    expect(
      changes.map(({ supplier_reference, offers, offers_stopped }: any) => [
        supplier_reference,
        offers,
        offers_stopped,
      ]),
    ).toEqual([
      // 2,000 XOF cost 4 EUR now, 1,000 are sold for 2.50 and cost 2.
      ['P-20', 2, 1],
      ['P-4', 1, 0],
    ]);
  });

  it('that breaks off changes nothing, and leaves nothing behind', async () => {
    listed = (i) => {
      if (i === PAGE * 2) throw new Error('broken');
      return null;
    };
    expect(await read()).toMatchObject({ reason: 'supplier_silent' });
    expect(await db.query('SELECT FROM supplier_listings')).toEqual([]);
    expect(await find({ text: 'P-4' })).toContain('P-4');
    listed = productOf;
  });
});
