import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace } from '../support/server.ts';

const env = { NODE_OPTIONS: `--import=${join(import.meta.dirname, 'as-windows.ts')}` };

describe('where there is no execve, no umask, no folder to flush and no signal but Ctrl+C, as on Windows', () => {
  let world: DemoPlace;
  beforeAll(async () => {
    world = await createWorld('pglite');
  });
  afterAll(() => world?.remove());

  it('a server starts, sells, stops in order, and has it all the next time', async () => {
    const first = await world.start(env);
    const till = await rawSignIn(first, world.demo);
    const { status, body } = await till.sell(world.offer('msisdn'), { msisdn: '0684587587' });
    expect([status, body.status]).toEqual([201, 'ok']);
    first.process.kill('SIGINT');
    expect((await once(first.process, 'close'))[0]).toBe(0);

    const second = await world.start(env);
    const { body: kept } = await rawCallerWith(second, till.token).get(`/distributors/transactions/${body.id}`);
    expect(kept).toMatchObject({ id: body.id, status: 'ok' });
  });
});
