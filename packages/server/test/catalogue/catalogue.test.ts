import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '../../src/database/database.ts';
import { type PathCaller, signInClient } from '../support/caller.ts';
import { createWorld, type DemoPlace } from '../support/server.ts';

describe('a change of the catalogue', () => {
  let world: DemoPlace;
  let db: Db;
  let shops: PathCaller[];
  let offerId: string;

  beforeAll(async () => {
    world = await createWorld('postgresql');
    const servers = await Promise.all([world.start(), world.start()]);
    shops = await Promise.all(servers.map((server) => signInClient(server, world.demo)));
    db = await world.openDb();
    offerId = world.offer('msisdn');
    await sellEverywhere();
  });
  afterAll(async () => {
    await db?.close();
    await world.remove();
  });

  /** The next sale of each server, which knows the catalogue from memory. */
  const sellEverywhere = () => Promise.all(shops.map((shop) => shop.sell(offerId, { msisdn: '0684587587' })));

  it('of a price counts for the very next sale of every process', async () => {
    for (const minor of [700, 650, 799]) {
      await db.query('UPDATE offers SET resell_value_minor = $2, version = version + 1 WHERE id = $1', [
        offerId,
        minor,
      ]);
      for (const { status, body } of await sellEverywhere()) {
        expect([status, body.resell_value]).toEqual([201, minor / 100]);
      }
    }
  });

  it('that withdraws a product counts for the very next sale, and so does its return', async () => {
    const setStatus = (status: string) =>
      db.query('UPDATE products SET status = $2 WHERE id = (SELECT product_id FROM offers WHERE id = $1)', [
        offerId,
        status,
      ]);
    await setStatus('withdrawn');
    expect((await sellEverywhere()).map(({ body }) => body.reason)).toEqual(Array(2).fill('product_unavailable'));
    await setStatus('available');
    expect((await sellEverywhere()).map(({ status }) => status)).toEqual([201, 201]);
  });

  it('under load is never sold by halves: each sale has the price of its version', async () => {
    const selling = Array.from({ length: 200 }, (_, i) =>
      (shops[i % 2] as PathCaller).sell(offerId, { msisdn: `0684587${100 + i}` }),
    );
    for (let minor = 500; minor < 520; minor += 1) {
      await db.query('UPDATE offers SET resell_value_minor = $2, version = version + 1 WHERE id = $1', [
        offerId,
        minor,
      ]);
    }
    const answers = await Promise.all(selling);
    expect(answers.filter(({ status }) => status !== 201)).toEqual([]);
    const prices = await db.query<{ id: string; minor: number }>(
      `SELECT t.id, v.resell_value_minor AS minor FROM transactions t
       JOIN offer_versions v ON v.offer_id = t.offer_id AND v.version = t.offer_version WHERE t.offer_id = $1`,
      [offerId],
    );
    const kept = new Map(prices.map(({ id, minor }) => [id, minor / 100]));
    for (const { body } of answers) expect(body.resell_value).toBe(kept.get(body.id as string));
  });

  it('that goes on and on has sales refused, with nothing held, until it comes to rest', async () => {
    const readHeld = () => db.query('SELECT held, seq FROM buckets WHERE offer_id = $1', [offerId]);
    const before = await readHeld();
    // Whoever reads the version finds another one.
    await db.script(
      `CREATE SEQUENCE changes START 1000000;
       ALTER TABLE catalogue_version RENAME TO catalogue_at_rest;
       CREATE VIEW catalogue_version AS SELECT true AS one, nextval('changes') AS version;`,
    );
    const refused = await sellEverywhere();
    expect(refused.map(({ status, body }) => `${status} ${body.reason}`)).toEqual(Array(2).fill('503 over_capacity'));
    expect(await readHeld()).toEqual(before);

    await db.script('DROP VIEW catalogue_version; ALTER TABLE catalogue_at_rest RENAME TO catalogue_version;');
    expect((await sellEverywhere()).map(({ status }) => status)).toEqual([201, 201]);
  });
});
