import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { SUPPLIER_REASONS } from '@opentopup/contract';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connector, Recharge, SupplierAccess } from '../../src/connectors/connector.ts';

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
