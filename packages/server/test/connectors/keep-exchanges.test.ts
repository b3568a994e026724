import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepCalls } from '../../src/connectors/call-log.ts';
import { createCallQueue } from '../../src/connectors/call-queue.ts';
import { recordCalls } from '../../src/connectors/record-calls.ts';
import type { Context } from '../../src/context.ts';
import { DatabaseDown, type Db } from '../../src/database/database.ts';
import { newId } from '../../src/database/ids.ts';
import { createWorld, type DemoPlace } from '../support/server.ts';

const ACCESS = { id: newId(), secrets: {} };
const ANSWER = {
  at: new Date(),
  duration_ms: 5,
  method: 'POST',
  url: 'https://supplier.example/esims',
  request: '{"product":"EU-5"}',
  status: 201,
  response: '{"profile":"K2-1XKZ","url":"https://smdp.example"}',
  failure: null,
};
const UNKNOWN = { outcome: 'unknown', cause: 'no answer within 100 ms' } as const;
const KO = { outcome: 'ko', reason: 'supplier_out_of_stock', message: 'sold out' } as const;

const keyOf = () => ({ number: 1, distributor_id: newId(), transaction_id: newId() });

let world: DemoPlace;
let db: Db;
beforeAll(async () => {
  world = await createWorld('postgresql');
  db = await world.openDb();
});
afterAll(async () => {
  await db?.close();
  await world?.remove();
});

const contextOn = (on: Pick<Db, 'query'>): Context =>
  ({ callLog: createCallQueue(), store: { db: on }, seal: null }) as unknown as Context;

it('a call whose keeping was not acknowledged is kept once', async () => {
  let lost = false;
  const query: Db['query'] = async (...said) => {
    const rows = await db.query(...said);
    if (lost) return rows as never;
    lost = true;
    throw new DatabaseDown('the acknowledgement was lost');
  };
  const ctx = contextOn({ query });
  const key = keyOf();
  const { record, end } = recordCalls(ctx, key, 'recharge', ACCESS, false);
  record(ANSWER);
  end(KO);
  await expect(keepCalls(ctx)).rejects.toThrow(DatabaseDown);
  await keepCalls(ctx);
  const kept = await db.query('SELECT id FROM supplier_exchanges WHERE transaction_id = $1', [key.transaction_id]);
  expect(kept.length).toBe(1);
});

it('a body in which nothing can be left out costs its own call what was said, and the others nothing', async () => {
  const ctx = contextOn(db);
  const key = keyOf();
  const { record, end } = recordCalls(ctx, key, 'recharge', ACCESS, false);
  record({ ...ANSWER, response: `${'['.repeat(8_000)}${']'.repeat(8_000)}` });
  record(ANSWER);
  end(KO);
  await keepCalls(ctx);
  const kept = await db.query('SELECT id FROM supplier_exchanges WHERE transaction_id = $1', [key.transaction_id]);
  expect(kept.length).toBe(2);
});

it.each([
  [UNKNOWN, '[…]'],
  [{ outcome: 'ok' } as const, '[…]'],
  [KO, ANSWER.response],
])(
  'what a supplier answered to the sale of an eSIM that ended %j is kept as %s, also when it came late',
  (found, kept) => {
    const ctx = contextOn(db);
    const { record, end } = recordCalls(ctx, keyOf(), 'recharge', ACCESS, true);
    record(ANSWER);
    end(found);
    record(ANSWER);
    expect(ctx.callLog.take(10).map(({ response }) => response)).toEqual([kept, kept]);
  },
);
