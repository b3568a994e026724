import { AnswerError, type TravelB2B } from '@opentopup/client';
import type { NewSalePreview } from '@opentopup/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { distributorClient, operatorOf, PATIENT, unitsOf } from '../support/caller.ts';
import { createWorld, type DemoPlace, type RunningServer, STORAGE_ENGINES } from '../support/server.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 120_000 });
const RUNS = 4;
const HOUR_MS = 60 * 60_000;
/** How much later each start of a server is than the one before: what counts within the hour is over by then. */
const STEP_MS = HOUR_MS + 60_000;

const CAPS = fc.record({
  units_per_hour: fc.integer({ min: 0, max: 6 }),
  units_per_day: fc.integer({ min: 0, max: 9 }),
  line_units_per_day: fc.integer({ min: 0, max: 4 }),
  /** In units of the one offer. */
  amount_per_day: fc.integer({ min: 0, max: 10 }),
});
/** What is wanted in each of two hours: for which of three customers. */
const WANTED = fc.tuple(
  fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 10 }),
  fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 10 }),
);

describe.each(STORAGE_ENGINES)('the caps of an agent, on %s', { tags: 'long' }, (engine) => {
  let world: DemoPlace;
  let servers: RunningServer[] = [];
  let offer: string;
  let price: number;
  let now = Date.now();
  let lines = 0;

  /** On PostgreSQL two processes, which know of each other only by the database. */
  const start = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.stop()));
    now += STEP_MS;
    servers = [await world.start({}, new Date(now))];
    if (engine === 'postgresql') servers.push(await world.start({}, new Date(now)));
  };
  const serverOf = (i: number): RunningServer => servers[i % servers.length] as RunningServer;
  const shop = (): TravelB2B => distributorClient(serverOf(0), world.demo, PATIENT);

  beforeAll(async () => {
    world = await createWorld(engine);
    offer = world.offer('msisdn');
    await start();
    price = (await shop().offers.get(offer)).resell_value;
    const grant = { units: 1_000, reference: 'Caps', justification: 'Enough for all' };
    await operatorOf(serverOf(0), world.demo.admin_token).stock.grant(offer, grant);
  });
  afterAll(() => world?.remove());

  it('hold whatever is confirmed at once, hour by hour, and give away nothing that they leave', async () => {
    await fc.assert(
      fc.asyncProperty(CAPS, WANTED, async ({ amount_per_day, ...units }, hours) => {
        const made = await shop().opentopup.agents.create({
          name: 'Caps',
          world: 'live',
          offers: [offer],
          ...units,
          amount_per_day: Number((amount_per_day * price).toFixed(2)),
          currency: 'EUR',
          released_up_to: 1_000,
        });
        const customers = [0, 1, 2].map(() => `06845${String(60_100 + lines++)}`);
        const sold: number[] = [0, 0, 0];
        const before = await unitsOf(shop(), offer);
        const all = (): number => sold.reduce((sum, each) => sum + each, 0);

        for (const [hour, wanted] of hours.entries()) {
          if (hour > 0) await start();
          const agents = [0, 1].map((i) => distributorClient(serverOf(i), made, { retries: 0 }));
          const ofHour = all();
          const leaves = (customer: number): boolean =>
            all() - ofHour < units.units_per_hour &&
            all() < Math.min(units.units_per_day, amount_per_day) &&
            (sold[customer] as number) < units.line_units_per_day;

          // Previews look at the caps, too; so they are all made before any is confirmed.
          const previews: { customer: number; preview: NewSalePreview }[] = [];
          for (const customer of wanted) {
            const parameters = { msisdn: customers[customer] as string };
            const preview = await (agents[0] as TravelB2B).opentopup.salePreviews
              .create({ offer_id: offer, parameters })
              .catch(refusal);
            if (typeof preview === 'string') {
              expect([preview, leaves(customer)]).toEqual(['agent_limit_reached', false]);
            } else previews.push({ customer, preview });
          }
          const confirm = (i: number, { id, token }: NewSalePreview) =>
            (agents[i % 2] as TravelB2B).opentopup.salePreviews.confirm(id, token).catch(refusal);
          // Each twice, at two servers.
          await Promise.all(previews.flatMap(({ preview }, i) => [confirm(i, preview), confirm(i + 1, preview)]));
          const ends = await Promise.all(previews.map(({ preview }, i) => confirm(i, preview)));
          for (const [i, end] of ends.entries()) {
            const { customer } = previews[i] as { customer: number };
            if (typeof end !== 'string') sold[customer] = (sold[customer] as number) + 1;
          }
          for (const [i, end] of ends.entries()) {
            const { customer } = previews[i] as { customer: number };
            if (typeof end === 'string') expect([end, leaves(customer)]).toEqual(['agent_limit_reached', false]);
          }
          expect(all() - ofHour).toBeLessThanOrEqual(units.units_per_hour);
          expect(all()).toBeLessThanOrEqual(Math.min(units.units_per_day, amount_per_day));
          for (const each of sold) expect(each).toBeLessThanOrEqual(units.line_units_per_day);
          expect(before - (await unitsOf(shop(), offer))).toBe(all());
          expect(await (agents[0] as TravelB2B).opentopup.agents.own()).toMatchObject({
            used: { units_last_hour: all() - ofHour, units_last_day: all() },
          });
        }
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
    expect((await operatorOf(serverOf(0), world.demo.admin_token).verifyLedger()).verified).toBe(true);
  });
});

const refusal = (error: unknown): string => {
  if (error instanceof AnswerError) return String(error.reason);
  throw error;
};
