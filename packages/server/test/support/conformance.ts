import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultProxy, SimulatedSupplier } from '@opentopup/client/testing';
import { SUPPLIER_REASONS } from '@opentopup/contract';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Callback, Connector, Recharge, SupplierAccess } from '../../src/connectors/connector.ts';

/** How a supplier is to take an order. */
export type Case = 'delivered' | 'refused' | 'silent' | 'unreachable';

/** A connector with a supplier that plays along. */
export interface Subject {
  connector: Connector;
  supplier: SupplierAccess;
  /** An order for that reference which the supplier will take so. `silent`: delivered, and no answer comes. */
  order: (as: Case, reference: string) => Recharge;
  /** How many recharges the supplier has delivered; null where it cannot be counted. */
  delivered: (() => Promise<number>) | null;
  end: () => Promise<void>;
}

const SOON_MS = 5_000;

/** What every connector has to keep, whatever it speaks. A supplier that cannot be reached or be silent has no such case. */
export function conformance(name: string, setUp: () => Promise<Subject>, cases: readonly Case[]): void {
  describe(`the connector ${name}`, () => {
    let subject: Subject;
    beforeAll(async () => {
      subject = await setUp();
    });
    afterAll(() => subject?.end());

    const recharge = (order: Recharge, signal = AbortSignal.timeout(30_000)) =>
      subject.connector.recharge(order, signal);
    const lookup = (order: Recharge) => subject.connector.lookup?.(order, AbortSignal.timeout(30_000));
    const count = async (): Promise<number> => (subject.delivered ? subject.delivered() : 0);

    it('tells a delivery as ok, once delivered, and finds it again as often as it is asked', async () => {
      const before = await count();
      const order = subject.order('delivered', randomUUID());
      const outcome = await recharge(order);
      expect(outcome).toMatchObject({ outcome: 'ok' });
      for (let i = 0; subject.connector.lookup && i < 3; i += 1) expect(await lookup(order)).toEqual(outcome);
      if (subject.delivered) expect(await count()).toBe(before + 1);
    });

    it('tells a refusal as ko, with a reason of ours and no number of anybody', async () => {
      const before = await count();
      const outcome = await recharge(subject.order('refused', randomUUID()));
      expect(outcome).toMatchObject({ outcome: 'ko', reason: expect.toBeOneOf([...SUPPLIER_REASONS]) });
      const { message } = outcome as { message: string };
      expect(message).toMatch(/\w/);
      expect(message.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '')).not.toMatch(/\d{6}/);
      expect(await count()).toBe(before);
    });

    it.runIf(cases.includes('unreachable'))('tells what was never sent as ko, to be tried again', async () => {
      const outcome = await recharge(subject.order('unreachable', randomUUID()));
      expect(outcome).toMatchObject({ outcome: 'ko', reason: 'supplier_unavailable' });
    });

    it.runIf(cases.includes('silent'))(
      'never takes silence for a failure, and finds out when asked later',
      async () => {
        const order = subject.order('silent', randomUUID());
        // A connector may look at once whether it was delivered.
        expect(['unknown', 'ok']).toContain((await recharge(order)).outcome);
        expect(await lookup(order)).toMatchObject({ outcome: 'ok' });
      },
    );

    it('knows nothing of what was never ordered, if it can be asked at all', async () => {
      const found = (await lookup(subject.order('delivered', randomUUID()))) ?? { outcome: 'not_found' };
      // The simulator keeps nothing: what a number would come to is what it has come to.
      expect(found.outcome).toBe(subject.delivered ? 'not_found' : 'ok');
    });

    it('says from when on "not found" is proof, only where it can be asked', () => {
      const { lookup: canBeAsked, conclusiveAfter_s } = subject.connector;
      if (!conclusiveAfter_s) return;
      expect(canBeAsked).toBeDefined();
      expect(conclusiveAfter_s(subject.supplier)).toBeGreaterThan(0);
    });

    it('gives up at once when it is told to', async () => {
      const giveUp = new AbortController();
      giveUp.abort();
      const order = subject.order('delivered', randomUUID());
      const ended = recharge(order, giveUp.signal).then(
        ({ outcome }) => outcome,
        () => 'thrown',
      );
      expect(await Promise.race([ended, sleep(SOON_MS, 'still at it')])).not.toBe('still at it');
    });

    it('takes the settings of its supplier, and nothing that it does not know', () => {
      const { settings } = subject.connector;
      if (!settings) return;
      expect(Value.Check(settings, subject.supplier.settings)).toBe(true);
      expect(Value.Check(settings, { ...subject.supplier.settings, nonsense: true })).toBe(false);
    });
  });
}

/** A supplier that is played over HTTP, which takes orders at one path, and a network between that may fail. */
export interface PlayedSubject {
  connector: Connector;
  vendor: SimulatedSupplier;
  proxy: FaultProxy;
  supplier: SupplierAccess;
  /** A new order of something that it delivers. */
  order: () => Recharge;
  /** What its orders may come to: nothing yet, and then nothing at all. */
  endings: { open: string; refused: string };
  /** What it sends on its own of an order. */
  callback: (reference: string) => Callback;
}

/** How long any of them may keep an order under way before it answers. */
const LONGEST_ORDER_S = 180;

/**
 * What is asked of every connector that orders over HTTP by a reference.
 * @param odd bodies that no description of the vendor allows
 * @param repeats what the vendor does with a second order of one reference: those that `take` it deliver twice
 */
export function playedConformance(
  path: string,
  odd: readonly string[],
  repeats: 'take' | 'refuse',
  subject: () => PlayedSubject,
): void {
  const never = new AbortController().signal;
  const recharge = (order: Recharge, signal = never) => subject().connector.recharge(order, signal);
  const lookup = (order: Recharge) => subject().connector.lookup?.(order, never);
  const ordersOf = async ({ reference }: Recharge) =>
    (await subject().vendor.orders()).filter((each) => each.reference === reference);
  const plan = (ending: string, times = 1) => subject().vendor.control('POST', '/endings', { ending, times });
  const sendTwice = () => subject().vendor.control('POST', '/faults', { path, kind: 'twice' });
  const fail = (fault: Parameters<FaultProxy['fail']>[2]): void => subject().proxy.fail('POST', path, fault);

  describe(`an order at ${path}`, () => {
    it('whose answer was lost is found by its reference, and was made once', async () => {
      const made = subject().order();
      fail({ kind: 'cut', passOn: true });
      expect(await recharge(made)).toMatchObject({ outcome: 'unknown' });
      expect(await lookup(made)).toMatchObject({ outcome: 'ok' });
      expect(await ordersOf(made)).toHaveLength(1);
    });

    it('that never came is not found, which is no proof as long as it may be on its way', async () => {
      const made = subject().order();
      fail({ kind: 'cut', passOn: false });
      expect(await recharge(made)).toMatchObject({ outcome: 'unknown' });
      expect(await lookup(made)).toEqual({ outcome: 'not_found' });
      const { connector, supplier } = subject();
      const conclusiveAfter_s = connector.conclusiveAfter_s?.(supplier) ?? Number.POSITIVE_INFINITY;
      expect(conclusiveAfter_s).toBeGreaterThan(LONGEST_ORDER_S);
    });

    it.each([
      { kind: 'answer', status: 200, body: '<html>', passOn: true },
      { kind: 'answer', status: 200, body: '', passOn: true },
      { kind: 'answer', status: 200, body: 'null', passOn: true },
      { kind: 'answer', status: 400, body: '{"message"', passOn: true },
      { kind: 'answer', status: 500, body: '<html>', passOn: true },
      { kind: 'answer', status: 503, body: '{}', passOn: true },
      { kind: 'answer', status: 302, headers: { location: path }, passOn: true },
      ...odd.map((body) => ({ kind: 'answer', status: 200, body, passOn: true }) as const),
      { kind: 'cut_amid' },
      { kind: 'garbage', passOn: true },
    ] as const)('is unknown, sent once, and found later, after %j', async (fault) => {
      const made = subject().order();
      fail(fault);
      const isRead = fault.kind === 'answer' && fault.status !== 503;
      expect(await recharge(made)).toMatchObject({ outcome: 'unknown', ...(isRead && { is_odd: true }) });
      expect(await ordersOf(made)).toHaveLength(1);
      expect(await lookup(made)).toMatchObject({ outcome: 'ok' });
    });

    it.each(odd)('of which a look-up is answered %s stays unknown', async (body) => {
      const made = subject().order();
      fail({ kind: 'cut', passOn: true });
      await recharge(made);
      for (const method of ['GET', 'POST'] as const) {
        subject().proxy.fail(method, '', { kind: 'answer', status: 200, body, passOn: false });
      }
      expect(await lookup(made)).toMatchObject({ outcome: 'unknown', is_odd: true });
      subject().proxy.heal();
    });

    it('is unknown while it is under way, and ends as it ends an hour later', async () => {
      const { endings, vendor, order } = subject();
      await plan(endings.open);
      const made = order();
      const answered = await recharge(made, AbortSignal.timeout(1_000));
      expect(answered).toMatchObject({ outcome: 'unknown', is_accepted: true });
      expect(await lookup(made)).toMatchObject({ outcome: 'unknown' });
      const [booked] = await ordersOf(made);
      await vendor.control('POST', `/orders/${booked?.id}`, { ending: endings.refused });
      expect(await lookup(made)).toMatchObject({ outcome: 'ko', reason: 'supplier_refused' });
    });

    it('that somebody between sends twice is delivered, and tells how often', async () => {
      const made = subject().order();
      await sendTwice();
      fail({ kind: 'cut', passOn: true });
      await recharge(made);
      const times = repeats === 'take' ? 2 : 1;
      expect(await ordersOf(made)).toHaveLength(times);
      const found = await lookup(made);
      expect([found?.outcome, found && 'deliveries' in found ? found.deliveries : 1]).toEqual(['ok', times]);
    });

    it.runIf(repeats === 'take')(
      'that somebody between sends twice, and that fails each time, proves nothing',
      async () => {
        const made = subject().order();
        await plan(subject().endings.refused, 2);
        await sendTwice();
        fail({ kind: 'cut', passOn: true });
        await recharge(made);
        expect(await lookup(made)).toMatchObject({ outcome: 'unknown' });
      },
    );

    it.each(['', '-2', '-10'])(
      'is asked for where a callback names it, attempt “%s” of a route too, and not believed',
      (end) => {
        const { connector, callback, supplier } = subject();
        const reference = randomUUID() + end;
        expect(connector.readCallback?.(callback(reference), supplier)).toEqual({ reference, outcome: null });
      },
    );

    it('is not looked for where a callback names none of ours', () => {
      const { connector, callback, supplier } = subject();
      const others = ['order 7', `${randomUUID()}-1`, `${randomUUID()}-100`, ''].map((each) => callback(each));
      const read = [...others, { headers: {}, body: Buffer.from('<html>') }, { headers: {}, body: Buffer.alloc(0) }];
      for (const each of read) expect(connector.readCallback?.(each, supplier)).toBeNull();
    });
  });
}
