import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { proveLedger } from '../support/ledger.ts';
import { type RawCaller, rawSignIn } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';

const FULL_DISK = join(import.meta.dirname, '../support/full-disk.ts');

/** The most sales that fit into the pages that a table already has. */
const MANY = 500;

describe('a full disk under the embedded database', () => {
  const whileThere = join(tmpdir(), `opentopup-full-${v7()}`);
  const env = { NODE_OPTIONS: `--import=${FULL_DISK}`, FULL_WHILE: whileThere };
  let world: DemoPlace;
  let server: RunningServer;
  let shop: RawCaller;

  beforeAll(async () => {
    world = await createWorld('pglite');
    server = await world.start(env);
    shop = await rawSignIn(server, world.demo);
  });
  afterAll(async () => {
    await world?.remove();
    await rm(whileThere, { force: true });
  });

  const readiness = async (): Promise<{ status: number; said: any }> => {
    const answer = await fetch(`${server.baseUrl}/readyz`);
    return { status: answer.status, said: await answer.json() };
  };
  const sell = (): ReturnType<RawCaller['sell']> => shop.sell(world.offer('msisdn'), { msisdn: '0684587587' });

  it('is told by /readyz with its cause once it was met, until there is room again', async () => {
    await writeFile(whileThere, '');
    let refused = await sell();
    for (let i = 0; refused.status === 201 && i < MANY; i += 1) refused = await sell();
    expect(refused).toMatchObject({ status: 503, body: { reason: 'service_unavailable' } });
    const full = 'service unavailable: the disk of the database is full';
    expect(await readiness()).toMatchObject({ status: 503, said: { description: full } });
    expect(await readiness()).toMatchObject({ status: 503, said: { description: full } });

    await rm(whileThere);
    expect(await readiness()).toEqual({ status: 200, said: { status: 'ready' } });
    expect(await sell()).toMatchObject({ status: 201, body: { status: 'ok' } });
  });

  it('is why a server does not start, and says so', async () => {
    expect(await server.stop()).toBe(0);
    const db = await world.openDb();
    await proveLedger(db, world.offer('msisdn'));
    await db.close();
    await writeFile(whileThere, '');
    await expect(world.start(env)).rejects.toThrow(/^OpenTopup cannot start\.\nThe disk of .* is full.*start again\./);
    await rm(whileThere);
    server = await world.start(env);
    await vi.waitFor(async () => expect((await readiness()).status).toBe(200), { timeout: 60_000 });
  });
});
