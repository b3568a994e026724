import type { Operator } from '@opentopup/client';
import { allOf } from '@opentopup/client/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { callerWith, operatorOf } from '../support/caller.ts';
import { contextOn } from '../support/context.ts';
import { ownerOf } from '../support/past.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';
import { plantSales } from './planted-sales.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });
const WAIT = { timeout: 60_000, interval: 5 };
const SALES = 20_000;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

describe.each(ENGINES)('a statement whose server was killed while it closed it, on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let operator: Operator;
  let distributor_id: string;
  let starts = 0;
  const day = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
  const first = day(1);

  /** Later each time: what a killed process had in hand is free by then. */
  const start = async (): Promise<void> => {
    starts += 1;
    server = await world.start({ SEALING_KEY }, new Date(Date.now() + 3 * DAY_MS + starts * 2 * MINUTE_MS));
    operator = operatorOf(server, world.demo.admin_token);
  };
  const all = () => allOf(operator.statements.list({ distributor: distributor_id }));
  const bytes = async (id: string): Promise<Buffer> => {
    const answer = await fetch(`${server.baseUrl}/admin/v1/statements/${id}`, {
      headers: { authorization: `Bearer ${world.demo.admin_token}`, accept: 'application/json' },
    });
    return Buffer.from(await answer.arrayBuffer());
  };

  beforeAll(async () => {
    world = await createWorld(engine);
    const db = await world.openDb();
    const { store } = contextOn(db);
    const offer = world.offer('msisdn');
    ({ distributor_id } = await ownerOf(store, offer));
    await plantSales(db, { distributor_id, offer_id: offer }, SALES, new Date());
    await db.close();
    await start();
  });
  afterAll(() => world?.remove());

  it('is closed once, with the first number, and the next one begins where it ends', async () => {
    for (const done of [0, 1, 10_000, 20_000, 30_000]) {
      await operator.statements.close({ distributor_id, before: first });
      await vi.waitFor(async () => {
        const [only] = await all();
        expect(only?.status === 'closed' || (only?.progress?.done ?? 0) >= done).toBe(true);
      }, WAIT);
      await server.kill();
      await start();
    }
    const closed = await vi.waitFor(async () => {
      const [only, ...others] = await all();
      expect([only?.status, others]).toEqual(['closed', []]);
      return only as NonNullable<typeof only>;
    }, WAIT);
    expect(closed).toMatchObject({ number: 1, totals: [{ units: SALES }] });
    const before = await bytes(closed.id);
    await server.kill();
    await start();
    expect(await bytes(closed.id)).toEqual(before);
    expect(await operator.statements.close({ distributor_id, before: first })).toEqual(closed);

    await operator.statements.close({ distributor_id, before: day(2) });
    await vi.waitFor(async () => {
      expect((await all()).map(({ number, status }) => [number, status])).toEqual([
        [2, 'closed'],
        [1, 'closed'],
      ]);
    }, WAIT);
    const [second] = await all();
    const next = JSON.parse((await bytes(second?.id ?? '')).toString());
    expect(next.document.previous_hash).toBe(closed.hash);
    expect((await operator.verifyLedger()).faults).toEqual([]);
    const paths = callerWith(server, world.demo.admin_token);
    const audit = await paths.get('/admin/v1/audit?action=statement.closed');
    expect(audit.body).toHaveLength(2);
  });
});
