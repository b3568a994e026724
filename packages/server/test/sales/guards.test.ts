import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Answer } from '../support/answer.ts';
import { proveLedger } from '../support/ledger.ts';
import { type RawCaller, rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

const OFF = {
  line_units_per_day: null,
  user_units_per_hour: null,
  repeat_guard_minutes: null,
  implicit_key_seconds: null,
  refill_days: null,
};

let lines = 0;
/** A number that nobody has used yet, and that the simulator recharges. */
const newLine = (): string => `06845${10_100 + ++lines}`;

describe.each(ENGINES)('the guards of a distributor on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let shop: RawCaller;
  let other: RawCaller;

  beforeAll(async () => {
    world = await createWorld(engine);
    server = await world.start();
    shop = await rawSignIn(server, world.demo);
    other = await rawSignIn(server, world.demo.other);
  });
  beforeEach(async () => {
    await shop.patch('/v1/settings', OFF);
  });
  afterAll(() => world.remove());

  const set = (settings: object): Promise<Answer> => shop.patch('/v1/settings', settings);
  const order = (more: object, headers?: Record<string, string>): Promise<Answer> =>
    shop.post('/distributors/transactions', { offer_id: world.offer('msisdn'), ...more }, headers);
  const sell = (msisdn: string, more: object = {}, headers?: Record<string, string>): Promise<Answer> =>
    order({ parameters: { msisdn }, ...more }, headers);
  /** What an order came to, in a word. */
  const outcome = ({ status, body }: Answer): string => (status === 201 ? body.status : body.reason) as string;
  const twenty = <T>(make: (i: number) => Promise<T>): Promise<T[]> =>
    Promise.all(Array.from({ length: 20 }, (_, i) => make(i)));
  const tally = (answers: Answer[]): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const answer of answers) counts[outcome(answer)] = (counts[outcome(answer)] ?? 0) + 1;
    return counts;
  };

  describe('as settings', () => {
    it('are off until they are set, each for itself, and off again with null', async () => {
      expect((await shop.get('/v1/settings')).body).toEqual(OFF);
      const { status, body } = await set({ line_units_per_day: 3, repeat_guard_minutes: 5 });
      expect([status, body]).toEqual([200, { ...OFF, line_units_per_day: 3, repeat_guard_minutes: 5 }]);
      expect((await set({ line_units_per_day: null })).body).toEqual({ ...OFF, repeat_guard_minutes: 5 });
      expect((await shop.get('/v1/settings')).body).toEqual({ ...OFF, repeat_guard_minutes: 5 });
      expect((await other.get('/v1/settings')).body).toEqual(OFF);
    });

    it.each<[unknown, string]>([
      [{ line_units_per_day: 0 }, 'line_units_per_day'],
      [{ user_units_per_hour: 1.5 }, 'user_units_per_hour'],
      [{ repeat_guard_minutes: '5' }, 'repeat_guard_minutes'],
      [{ repeat_guard_minutes: 44_641 }, 'repeat_guard_minutes'],
      [{ implicit_key_seconds: 86_401 }, 'implicit_key_seconds'],
      [{ implicit_key_seconds: false }, 'implicit_key_seconds'],
      [{ line_units_per_day: 3, world: 'sandbox' }, 'world'],
      [{}, 'at least one field'],
    ])('take no %j', async (settings, named) => {
      const { status, body } = await set(settings as object);
      expect(status).toBe(400);
      expect(body.description).toContain(named);
      expect((await shop.get('/v1/settings')).body).toEqual(OFF);
    });

    it('keep each of two changes that come at once', async () => {
      for (let i = 1; i <= 10; i++) {
        await Promise.all([set({ line_units_per_day: i }), set({ user_units_per_hour: i })]);
        expect((await shop.get('/v1/settings')).body).toEqual({
          ...OFF,
          line_units_per_day: i,
          user_units_per_hour: i,
        });
      }
    });
  });

  describe('line_units_per_day', () => {
    it('lets a line have so many units, whatever the offer and however it is written', async () => {
      await set({ line_units_per_day: 2 });
      const line = newLine();
      expect(outcome(await sell(line))).toBe('ok');
      expect(outcome(await sell(`+33 ${line.slice(1)}`, { offer_id: world.offer('small') }))).toBe('ok');
      const refused = await sell(line.replace(/(\d\d)/g, '$1 '));
      expect(refused.status).toBe(400);
      expect(refused.body).toMatchObject({
        code: 0,
        reason: 'line_limit_reached',
        description: 'this line has reached your limit of 2 units a day',
        retryable: true,
      });
      expect(refused.body).not.toHaveProperty('transaction_id');
      expect(outcome(await sell(line, { allow_repeat: true }))).toBe('line_limit_reached');
      expect(outcome(await sell(newLine()))).toBe('ok');
    });

    it('counts what is pending, but not what the supplier has refused', async () => {
      await set({ line_units_per_day: 1 });
      expect(outcome(await sell('0684531002'))).toBe('line_barred');
      expect(outcome(await sell('0684531002'))).toBe('line_barred');
      expect(outcome(await sell('0684531009'))).toBe('pending');
      expect(outcome(await sell('0684531009'))).toBe('line_limit_reached');
    });

    it('of 5 sells exactly 5 of 20 orders at once', async () => {
      await set({ line_units_per_day: 5 });
      const line = newLine();
      expect(tally(await twenty(() => sell(line)))).toEqual({ ok: 5, line_limit_reached: 15 });
    });

    it('counts SIMs by their serial', async () => {
      await set({ line_units_per_day: 1 });
      const sim = { offer_id: world.offer('simId'), parameters: { simId: '8991 1012 0000 3204 514' } };
      expect(outcome(await order(sim))).toBe('ok');
      expect(outcome(await order({ ...sim, parameters: { simId: '8991101200003204514' } }))).toBe('line_limit_reached');
    });
  });

  describe('user_units_per_hour', () => {
    it('of 5 sells exactly 5 of 20 orders at once, whatever the line, and leaves other users alone', async () => {
      await set({ user_units_per_hour: 5 });
      expect(tally(await twenty(() => sell(newLine(), { user_id: 'till 7' })))).toEqual({
        ok: 5,
        user_limit_reached: 15,
      });
      const refused = await sell(newLine(), { user_id: 'till 7' });
      expect(refused.body.description).toBe('this user_id has reached your limit of 5 units an hour');
      expect(outcome(await sell(newLine(), { user_id: 'till 8' }))).toBe('ok');
      expect(tally(await twenty(() => sell(newLine())))).toEqual({ ok: 20 });
    });

    it('counts what is pending, but not what the supplier has refused; a user without a name is one too', async () => {
      await set({ user_units_per_hour: 1 });
      expect(outcome(await sell('0684532002', { user_id: '' }))).toBe('line_barred');
      expect(outcome(await sell('0684532009', { user_id: '' }))).toBe('pending');
      expect(outcome(await sell('0684532002', { user_id: '' }))).toBe('user_limit_reached');
    });
  });

  describe('repeat_guard_minutes', () => {
    it('refuses the same offer for the same line, unless allow_repeat is sent', async () => {
      await set({ repeat_guard_minutes: 5 });
      const line = newLine();
      expect(outcome(await sell(line))).toBe('ok');
      const { status, body } = await sell(line, { user_id: 'somebody else' });
      expect([status, body.reason, body.retryable]).toEqual([400, 'recently_recharged', false]);
      expect(body.description).toMatch(/^transaction failed \(bucket unchanged\) supplier \S+ product \S+ offer \S+ /);
      expect(body.description).toContain('message sold for this line less than 5 minutes ago');
      expect(outcome(await sell(line, { offer_id: world.offer('small') }))).toBe('ok');
      expect(outcome(await sell(line, { allow_repeat: false }))).toBe('recently_recharged');
      expect(outcome(await sell(line, { allow_repeat: true }))).toBe('ok');
      expect((await sell(line, { allow_repeat: 'yes' })).body.reason).toBe('invalid_body_field');
    });

    it('does not mind what the supplier has refused, but what is pending', async () => {
      await set({ repeat_guard_minutes: 5 });
      expect(outcome(await sell('0684533002'))).toBe('line_barred');
      expect(outcome(await sell('0684533002'))).toBe('line_barred');
      expect(outcome(await sell('0684533009'))).toBe('pending');
      expect(outcome(await sell('0684533009'))).toBe('recently_recharged');
    });

    it('sells exactly one of 20 orders at once', async () => {
      await set({ repeat_guard_minutes: 5 });
      const line = newLine();
      expect(tally(await twenty(() => sell(line)))).toEqual({ ok: 1, recently_recharged: 19 });
    });

    it('gives an order with its Idempotency-Key the first answer, not a refusal', async () => {
      await set({ repeat_guard_minutes: 5, line_units_per_day: 1, user_units_per_hour: 1 });
      const key = { 'idempotency-key': randomUUID() };
      const line = newLine();
      const answers = await twenty(() => sell(line, { user_id: key['idempotency-key'] }, key));
      expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
      expect(tally(answers)).toEqual({ ok: 20 });
    });
  });

  describe('implicit_key_seconds', () => {
    const replayed = ({ headers }: Answer): boolean => headers.get('idempotent-replayed') === 'true';

    it('answers the same order again as the first, however its line is written', async () => {
      await set({ implicit_key_seconds: 600 });
      const line = newLine();
      const first = await sell(line, { user_id: 'anna' });
      const again = await sell(`+33${line.slice(1)}`, { user_id: 'anna', voucher_id: 'V-2' });
      expect([again.status, again.body]).toEqual([first.status, first.body]);
      expect([replayed(first), replayed(again)]).toEqual([false, true]);

      for (const another of [
        await sell(line, { user_id: 'bert' }),
        await sell(line),
        await sell(newLine(), { user_id: 'anna' }),
        await sell(line, { user_id: 'anna', offer_id: world.offer('small') }),
        await sell(line, { user_id: 'anna' }, { 'idempotency-key': randomUUID() }),
        await sell(line, { user_id: 'anna', allow_repeat: true }),
      ]) {
        expect([outcome(another), replayed(another)]).toEqual(['ok', false]);
        expect(another.body.id).not.toBe(first.body.id);
      }
    });

    it('sells once for 20 orders at once, and answers all with that sale', async () => {
      await set({ implicit_key_seconds: 600 });
      const line = newLine();
      const before = await shop.stock(world.offer('msisdn'));
      const answers = await twenty(() => sell(line));
      expect(tally(answers)).toEqual({ ok: 20 });
      expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
      expect(answers.filter(replayed)).toHaveLength(19);
      expect(await shop.stock(world.offer('msisdn'))).toBe(before - 1);
    });

    it('comes before the other guards: 20 orders at once are one sale, told 20 times', async () => {
      await set({ implicit_key_seconds: 600, repeat_guard_minutes: 5, line_units_per_day: 1, user_units_per_hour: 1 });
      const line = newLine();
      const answers = await twenty(() => sell(line, { user_id: line }));
      expect(tally(answers)).toEqual({ ok: 20 });
      expect(answers.filter(replayed)).toHaveLength(19);
    });

    it('repeats a refusal of the supplier and a pending sale too', async () => {
      await set({ implicit_key_seconds: 600 });
      for (const line of ['0684534002', '0684534009']) {
        const first = await sell(line);
        const again = await sell(line);
        expect(again.status).toBe(first.status);
        expect({ ...again.body, request_id: '' }).toEqual({ ...first.body, request_id: '' });
        expect(replayed(again)).toBe(true);
      }
    });

    it('is over after its time: then the same order is a new sale', async () => {
      await set({ implicit_key_seconds: 3 });
      const line = newLine();
      const begun = performance.now();
      const first = await sell(line);
      expect(replayed(await sell(line))).toBe(true);
      await vi.waitFor(
        async () => {
          const later = await sell(line);
          expect([outcome(later), replayed(later)]).toEqual(['ok', false]);
          expect(later.body.id).not.toBe(first.body.id);
        },
        { timeout: 60_000, interval: 100 },
      );
      expect(performance.now() - begun).toBeGreaterThan(2_900);
    });
  });

  describe('implicit_key_seconds of a sale that is pending for longer', () => {
    const isNew = ({ headers }: Answer): boolean => headers.get('idempotent-replayed') === null;

    it('answers with that sale until it is final, and then for its whole time; allow_repeat passes', async () => {
      await set({ implicit_key_seconds: 4 });
      const line = `0684${600 + ++lines}009`;
      /** Waits until an order made now would be a new sale, were it final. */
      const lifeOver = async (): Promise<void> => {
        const clock = newLine();
        await sell(clock);
        await vi.waitFor(async () => expect(isNew(await sell(clock))).toBe(true), { timeout: 60_000, interval: 100 });
      };
      const first = await sell(line);
      await lifeOver();
      const again = await sell(line);
      expect([again.status, again.body, isNew(again)]).toEqual([first.status, first.body, false]);
      const wanted = await sell(line, { allow_repeat: true });
      expect([outcome(wanted), isNew(wanted)]).toEqual(['pending', true]);
      expect(wanted.body.id).not.toBe(first.body.id);

      const operator = rawCallerWith(server, world.demo.admin_token);
      const path = `/admin/v1/transactions/${first.body.id}/resolutions`;
      expect((await operator.post(path, { status: 'ok', justification: 'Seen by the customer' })).status).toBe(201);
      const final = await sell(line);
      expect([outcome(final), final.body.id, isNew(final)]).toEqual(['ok', first.body.id, false]);
      await vi.waitFor(async () => expect((await sell(line)).body.id).not.toBe(first.body.id), { timeout: 60_000 });
      expect(Date.now() - Date.parse(final.body.change_date)).toBeGreaterThan(3_900);
    });
  });

  describe('max_price', () => {
    it.each([7.92, 7.93, 7.925, 8, 1e9])('of %d sells what costs 7.92', async (max_price) => {
      expect(outcome(await sell(newLine(), { max_price }))).toBe('ok');
    });

    it.each([7.91, 7.919, 7.9199999, 0])('of %d does not', async (max_price) => {
      const before = await shop.stock(world.offer('msisdn'));
      const { status, body } = await sell(newLine(), { max_price });
      expect([status, body.reason, body.retryable]).toEqual([400, 'price_changed', false]);
      expect(body.description).toBe(`offer ${world.offer('msisdn')} costs more than max_price: 7.92`);
      expect(await shop.stock(world.offer('msisdn'))).toBe(before);
    });

    it.each(['7.92', -1, {}, true])('is no %j', async (max_price) => {
      expect((await sell(newLine(), { max_price })).body.description).toContain('invalid max_price parameter in body');
    });
  });

  it('have left a ledger that adds up, and notes of who changed them', async () => {
    await server.stop();
    const db = await world.openDb();
    for (const kind of ['msisdn', 'small', 'simId']) await proveLedger(db, world.offer(kind));
    const [first] = await db.query(
      "SELECT actor, distributor_id::text, subject, details FROM audit WHERE action = 'settings.changed' ORDER BY id LIMIT 1",
    );
    await db.close();
    expect(first).toEqual({
      actor: `client ${world.demo.client_id}`,
      distributor_id: first?.['subject'],
      subject: expect.any(String),
      details: { before: OFF, after: { ...OFF, line_units_per_day: 3, repeat_guard_minutes: 5 } },
    });
  });
});
