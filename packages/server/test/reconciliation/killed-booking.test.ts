import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { newId } from '../../src/database/ids.ts';
import { saveBooksMapping } from '../../src/reconciliation/books-mapping.store.ts';
import { compareFile } from '../../src/reconciliation/compare-file.ts';
import { createRoutedShop } from '../routing/routed-shop.ts';
import { callerWith, type PathCaller } from '../support/caller.ts';
import { contextOn } from '../support/context.ts';
import { proveLedger } from '../support/ledger.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });
const WAIT = { timeout: 60_000, interval: 5 };
const LOST = 150;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const day = (at: Date): string => at.toISOString().slice(0, 10);

describe.each(ENGINES)('lost sales that a killed server was booking, on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let operator: PathCaller;
  let offer: string;
  let starts = 0;
  const lost = Array.from({ length: LOST }, () => newId());
  const since = new Date(Date.now() - HOUR_MS).toISOString();

  /** Later each time: what a killed process had in hand is free by then. */
  const start = async (): Promise<void> => {
    starts += 1;
    const at = new Date(Date.now() + HOUR_MS + starts * 2 * MINUTE_MS);
    server = await world.start({ SEALING_KEY, RESTORED_SINCE: `${since.slice(0, 19)}Z` }, at);
    operator = callerWith(server, world.demo.admin_token);
  };
  const recovery = async (): Promise<any> => (await operator.get('/admin/v1/recovery')).body;
  const book = () => operator.post('/admin/v1/recovery/bookings', {});

  beforeAll(async () => {
    world = await createWorld(engine);
    const db = await world.openDb();
    const now = new Date(Date.now() + HOUR_MS);
    const ctx = contextOn(db, { now: () => now });
    const shop = await createRoutedShop(ctx, ['simulator']);
    offer = await shop.offer('simulator', ['simulator']);
    const supplier_id = shop.suppliers['simulator']?.supplier_id ?? '';
    const columns = { time: 'time', reference: 'reference', supplier_reference: 'id', line: 'line', value: 'value' };
    await saveBooksMapping(db, supplier_id, { columns, currency: 'EUR' }, new Date());
    const rows = lost.map((id, i) => `${new Date().toISOString()};${id};S-${i};33684587587;10`);
    const content = Buffer.from(['time;reference;id;line;value', ...rows].join('\n'));
    const file = { supplier_id, content, name: null, from: day(new Date()), to: day(now) };
    const report = await compareFile(ctx, { ...file, isWhole: false, isDryRun: false, actor: 'test' });
    if (!('reconciliation' in report)) throw new Error(JSON.stringify(report));
    await db.close();
    await start();
  });
  afterAll(() => world?.remove());

  it('are each booked once, however often it is killed', async () => {
    for (const booked of [1, 20, 60, 100]) {
      const booking = book().catch(() => null);
      await vi.waitFor(async () => expect((await recovery()).booked).toBeGreaterThanOrEqual(booked), WAIT);
      await server.kill();
      await booking;
      await start();
    }
    const rest = await book();
    expect(rest.body).toMatchObject({ refused: [], recovery: { booked: LOST, lost: { one_offer: 0 } } });
  });

  it('are followed by sales only when each supplier that is not covered is named', async () => {
    const { not_covered } = await recovery();
    expect(not_covered).toContain('simulator');
    const unnamed = await operator.post('/admin/v1/recovery/end', { justification: 'All were asked' });
    expect([unnamed.status, unnamed.body.reason]).toEqual([409, 'recovery_unfinished']);
    expect(unnamed.body.description).toContain('simulator');
    const justification = `By their files: ${not_covered.join(', ').toUpperCase()}`;
    const ended = await operator.post('/admin/v1/recovery/end', { justification });
    expect(ended).toMatchObject({ status: 201, body: { status: 'ended', not_covered, justification } });
    const entries = await operator.get('/admin/v1/audit?action=recovery.ended');
    expect(entries.body).toMatchObject([{ details: { not_covered } }]);
    await server.stop();
  });

  it('stand in the ledger and the audit trail once', async () => {
    const db = await world.openDb();
    expect(await proveLedger(db, offer)).toMatchObject({ sold: LOST, held: 0, ok: LOST });
    const noted = await db.query(
      `SELECT subject FROM audit WHERE action = 'transaction.recovered' ORDER BY subject::uuid`,
    );
    expect(noted.map(({ subject }) => subject)).toEqual(lost);
    await db.close();
  });
});
