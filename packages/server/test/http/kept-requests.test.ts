import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '../../src/database/database.ts';
import { firstIdAt } from '../../src/database/ids.ts';
import { insertRequests, trimRequests } from '../../src/requests/requests.store.ts';
import { createWorld, type DemoPlace, STORAGE_ENGINES } from '../support/server.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const DAY_MS = 24 * 60 * 60_000;

describe.each(STORAGE_ENGINES)('the log of requests, on %s', (engine) => {
  let world: DemoPlace;
  let db: Db;
  let clients: { client_id: string; distributor_id: string }[];

  beforeAll(async () => {
    world = await createWorld(engine);
    db = await world.openDb();
    clients = await db.query('SELECT client_id, distributor_id FROM credentials ORDER BY client_id LIMIT 2');
  });
  afterAll(async () => {
    await db?.close();
    await world?.remove();
  });

  /** Keeps requests of a client, one a millisecond from some moment on. */
  async function ask(client: number, count: number, from: Date, reason: string | null): Promise<void> {
    const { client_id = '', distributor_id = '' } = clients[client] ?? {};
    const requests = Array.from({ length: count }, (_, i) => {
      const at = new Date(from.getTime() + i);
      const id = `${firstIdAt(at).slice(0, -2)}${reason ? 'f' : '0'}${client}`;
      const asked = { method: 'GET', route: '/v1/stock', path: '/v1/stock', status: 200, duration_ms: 1 };
      return { ...asked, id, distributor_id, client_id, at, reason, field: null, transaction_id: null, chaos: null };
    });
    await insertRequests(db, requests);
  }
  const kept = () =>
    db.query(
      `SELECT client_id, reason, count(*) AS count, min(at) AS oldest FROM requests GROUP BY 1, 2 ORDER BY client_id, reason`,
    );

  it('has the newest of each client, so many that were answered and so many that were refused, and nothing old', async () => {
    const old = new Date(NOW.getTime() - 15 * DAY_MS);
    for (const client of [0, 1]) await ask(client, 3, old, 'bad_parameter');
    await ask(0, 7, NOW, null);
    await ask(0, 9, NOW, 'bad_parameter');
    await ask(1, 4, NOW, null);
    await trimRequests(db, { before: new Date(NOW.getTime() - 14 * DAY_MS), answered: 5, refused: 6 });
    const [first, second] = clients.map(({ client_id }) => client_id);
    expect(await kept()).toEqual([
      { client_id: first, reason: 'bad_parameter', count: 6, oldest: new Date(NOW.getTime() + 3) },
      { client_id: first, reason: null, count: 5, oldest: new Date(NOW.getTime() + 2) },
      { client_id: second, reason: null, count: 4, oldest: NOW },
    ]);
  });

  it('is cut in a moment, however much a client was refused', { tags: 'long' }, async () => {
    const later = new Date(NOW.getTime() + DAY_MS);
    for (let minute = 0; minute < 6; minute += 1)
      await ask(0, 10_000, new Date(later.getTime() + minute * 60_000), 'bucket_empty');
    const began = performance.now();
    await trimRequests(db, { before: NOW, answered: 5, refused: 50_000 });
    // Looked for by each request, what is kept takes minutes.
    expect(performance.now() - began).toBeLessThan(10_000);
    const { client_id } = clients[0] ?? {};
    expect(await kept()).toContainEqual(expect.objectContaining({ client_id, reason: 'bucket_empty', count: 50_000 }));
  });
});
