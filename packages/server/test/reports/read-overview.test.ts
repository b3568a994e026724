import { expect, it } from 'vitest';
import type { Db } from '../../src/database/database.ts';
import { comparedOf } from '../../src/reports/overview.rules.ts';
import { readOverview } from '../../src/reports/read-overview.ts';
import { createWorld } from '../support/server.ts';

it('leaves the database to sales, however many overviews are asked for at once', async () => {
  const world = await createWorld('postgresql');
  const db = await world.openDb();
  let [running, most] = [0, 0];
  const watched: Db = {
    ...db,
    reads: {
      async query(sql, params) {
        running += 1;
        most = Math.max(most, running);
        return db.reads.query<never>(sql, params).finally(() => {
          running -= 1;
        });
      },
    },
  };
  const now = new Date();
  const period = { from: new Date(now.getTime() - 86_400_000), before: now };
  const asked = { whose: { world: 'live' }, period, ...comparedOf(period, now), step: 'day' } as const;
  const shown = await Promise.all(Array.from({ length: 8 }, () => readOverview(watched, now, asked)));
  expect(shown).toHaveLength(8);
  expect(most).toBe(2);
  await db.close();
  await world.remove();
});
