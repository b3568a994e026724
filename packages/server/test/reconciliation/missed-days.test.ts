import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connector } from '../../src/connectors/connector.ts';
import type { Context } from '../../src/context.ts';
import type { Db } from '../../src/database/database.ts';
import { startReconciliation } from '../../src/reconciliation/reconcile-supplier.ts';
import { reconciliationJob } from '../../src/reconciliation/reconciliation.job.ts';
import { listReconciliations } from '../../src/reconciliation/reconciliations.query.ts';
import { createRoutedShop, named } from '../routing/routed-shop.ts';
import { contextOn, SIMULATED } from '../support/context.ts';
import { createWorld, type DemoPlace, ENGINES } from '../support/server.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MOST = 31;

describe.each(ENGINES)('the days that no server was there to compare, on %s', (engine) => {
  let world: DemoPlace;
  let db: Db;
  let ctx: Context;
  let supplier_id: string;
  let now: Date;
  let begun: Promise<void>[];
  /** The days that the supplier cannot list, and those that it was asked for, in their order. */
  const broken = new Set<string>();
  const asked: string[] = [];

  const dayBack = (days: number): string => new Date(now.getTime() - days * DAY_MS).toISOString().slice(0, 10);
  const round = async (): Promise<void> => {
    await reconciliationJob(ctx, undefined).run(new AbortController().signal);
    await Promise.all(begun.splice(0));
  };

  beforeAll(async () => {
    world = await createWorld(engine);
    db = await world.openDb();
    now = new Date(new Date().setUTCHours(12, 0, 0, 0));
    begun = [];
    const lister: Connector = {
      ...(SIMULATED.get('simulator') as Connector),
      listTransactions: async function* (_, { from }) {
        // An hour before the day is listed too.
        const day = new Date(from.getTime() + 2 * HOUR_MS).toISOString().slice(0, 10);
        asked.push(day);
        if (broken.has(day)) throw new Error('503');
        yield [];
      },
    };
    const connectors = named({ lister });
    ctx = contextOn(db, { connectors, now: () => now, background: (work) => void begun.push(work) });
    supplier_id = (await createRoutedShop(ctx, ['lister'])).suppliers['lister']?.supplier_id ?? '';
  });
  afterAll(async () => {
    await db?.close();
    await world?.remove();
  });

  it('are none before there was the supplier', async () => {
    await round();
    expect(asked).toEqual([]);
  });

  it('are compared one by one, the newest first, and none that somebody has compared', async () => {
    await db.query('UPDATE suppliers SET created_at = $2 WHERE id = $1', [
      supplier_id,
      new Date(now.getTime() - 40 * DAY_MS),
    ]);
    const bySomebody = { supplier_id, from: dayBack(MOST - 1), to: dayBack(3) };
    expect(await startReconciliation(ctx, bySomebody, 'somebody')).toMatchObject({ status: 'running' });
    await Promise.all(begun.splice(0));
    asked.splice(0);
    for (let i = 0; i < 4; i += 1) await round();
    expect(asked).toEqual([1, 2, MOST].map(dayBack));
    const runs = await listReconciliations(db, { offset: 0, limit: 100 });
    expect(new Set(runs.map(({ status, requested_by }) => `${requested_by} ${status}`))).toEqual(
      new Set(['daily done', 'somebody done']),
    );
  });

  it('wait an hour where the supplier fails, and one that always fails keeps no other one waiting', async () => {
    now = new Date(now.getTime() + 3 * DAY_MS);
    asked.splice(0);
    broken.add(dayBack(1));
    await round();
    await round();
    expect(asked).toEqual([dayBack(1)]);
    now = new Date(now.getTime() + 2 * HOUR_MS);
    for (let i = 0; i < 4; i += 1) await round();
    expect(asked).toEqual([1, 2, 3, 1].map(dayBack));
  });
});
