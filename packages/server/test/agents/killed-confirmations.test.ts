import { setTimeout as sleep } from 'node:timers/promises';
import { AnswerError, type TravelB2B } from '@opentopup/client';
import { allOf } from '@opentopup/client/testing';
import type { NewAgent } from '@opentopup/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTopup } from '../../src/sales/create-topup.ts';
import { distributorClient, operatorOf, unitsOf } from '../support/caller.ts';
import { contextOn } from '../support/context.ts';
import { createWorld, type DemoPlace, type RunningServer, STORAGE_ENGINES } from '../support/server.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });
const MINUTE_MS = 60_000;
/** When a server is killed, in milliseconds after the confirmations were sent. */
const KILLS_MS = [0, 4, 8, 12, 20, 35];
const AT_ONCE = 6;

describe.each(STORAGE_ENGINES)(
  'what an agent confirms of a server that is killed, on %s',
  { tags: 'long' },
  (engine) => {
    let world: DemoPlace;
    let server: RunningServer;
    let made: NewAgent;
    let agent: TravelB2B;
    let offer: string;
    let now = Date.now();
    let lines = 0;

    /** Some time after the start before. */
    const start = async (later_ms = 0): Promise<void> => {
      now += later_ms;
      server = await world.start({}, new Date(now));
      if (made) agent = distributorClient(server, made, { retries: 0 });
    };
    beforeAll(async () => {
      world = await createWorld(engine);
      offer = world.offer('msisdn');
      await start();
      made = await distributorClient(server, world.demo).opentopup.agents.create({
        name: 'Concierge',
        world: 'live',
        offers: [offer],
        units_per_hour: 1_000,
        units_per_day: 1_000,
        line_units_per_day: 10,
        amount_per_day: 100_000,
        currency: 'EUR',
        released_up_to: 1_000,
      });
      agent = distributorClient(server, made, { retries: 0 });
    });
    afterAll(() => world?.remove());

    const preview = () =>
      agent.opentopup.salePreviews.create({
        offer_id: offer,
        parameters: { msisdn: `06845${String(60_100 + lines++)}` },
      });
    const confirm = async ({ id, token }: { id: string; token: string }): Promise<string> => {
      try {
        return (await agent.opentopup.salePreviews.confirm(id, token)).id;
      } catch (error) {
        return error instanceof AnswerError ? String(error.reason) : 'no answer';
      }
    };
    const units = () => unitsOf(distributorClient(server, world.demo), offer);
    const used = async () => (await agent.opentopup.agents.own()).used.units_last_day;

    it('is sold once when it asks again, or never, and then counts towards no cap', async () => {
      const before = await units();
      const [again, never] = [await preview(), await preview()];
      await server.stop();
      // As a process leaves it that dies once it has confirmed, before a unit is held.
      let db = await world.openDb();
      await db.query('UPDATE sale_previews SET confirmed_at = $1', [new Date(now)]);
      await db.close();

      await start(2_000);
      expect(await confirm(again)).toBe('idempotency_in_progress');
      await server.stop();
      await start(2 * MINUTE_MS);
      expect(await used()).toBe(2);
      const sold = await confirm(again);
      expect(await confirm(again)).toBe(sold);
      expect(await units()).toBe(before - 1);
      await server.stop();

      await start(10 * MINUTE_MS);
      await vi.waitFor(async () => expect(await used()).toBe(1), { timeout: 30_000, interval: 200 });
      expect(await allOf(agent.opentopup.salePreviews.list({ status: 'refused' }))).toMatchObject([
        { id: never.id, reason: 'preview_expired' },
      ]);
      expect(await confirm(never)).toBe('already_decided');
      await server.stop();

      // A process that was only slow, and comes to sell now.
      db = await world.openDb();
      const [row] = await db.query<{ distributor_id: string; token_sha256: string }>(
        'SELECT distributor_id, token_sha256 FROM sale_previews WHERE id = $1',
        [never.id],
      );
      if (!row) throw new Error('the preview is not there');
      const late = await createTopup(contextOn(db), {
        distributor_id: row.distributor_id,
        order: {
          offer_id: offer,
          parameters: { msisdn: '0684560999' },
          user_id: made.client_id,
          voucher_id: null,
          max_price: never.price,
          allow_repeat: false,
          check_network: false,
          notify: null,
        },
        idempotency: { key: ` preview ${never.id}`, request_sha256: row.token_sha256, life_s: 60 },
      });
      expect(late).toMatchObject({ reason: 'idempotency_conflict' });
      await db.close();
      await start();
      expect(await units()).toBe(before - 1);
    });

    it('is sold at most once wherever it is killed, and the agent is told which', async () => {
      const before = await units();
      let sold = 0;
      for (const kill_ms of KILLS_MS) {
        const wanted = await Promise.all(Array.from({ length: AT_ONCE }, preview));
        const first = wanted.map(confirm);
        await sleep(kill_ms);
        await server.kill();
        const answers = await Promise.all(first);
        await start(2 * MINUTE_MS);
        const ids = await Promise.all(wanted.map(confirm));
        // What an answer has said before stays so.
        for (const [i, answer] of answers.entries()) if (answer !== 'no answer') expect(ids[i]).toBe(answer);
        const told = new Set(ids);
        expect([...told].filter((id) => !/^[0-9a-f-]{36}$/.test(id))).toEqual([]);
        expect(told.size).toBe(AT_ONCE);
        sold += AT_ONCE;
      }
      await vi.waitFor(async () => expect(await units()).toBe(before - sold), { timeout: 60_000, interval: 500 });
      expect((await operatorOf(server, world.demo.admin_token).verifyLedger()).verified).toBe(true);
    });
  },
);
