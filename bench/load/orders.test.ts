import { readNumber } from '@opentopup/contract/lines/read-number';
import { describe, expect, it } from 'vitest';
import { SCENARIOS } from '../../packages/server/src/connectors/simulator/scenarios.ts';
import { createOrders, numberAt } from './orders.ts';

const SOME = 100_000;
const target = { token: 'a.token.of-ours', offer_id: '01a20d0a-a88a-7427-b76b-a9142b9d9596' };

interface Seen {
  head: string;
  body: { offer_id: string; parameters: { msisdn: string } };
}

/** Reads the next orders as the server would see them. */
function ordersOf(targets: (typeof target)[], keyEvery: number, many: number): Seen[] {
  let n = 0;
  const orders = createOrders(8080, targets, keyEvery, () => n++);
  const into = Buffer.alloc(orders.size);
  return Array.from({ length: many }, () => {
    const [head = '', body = ''] = into.toString('latin1', 0, orders.write(into)).split('\r\n\r\n');
    expect(/Content-Length: (\d+)/.exec(head)?.[1]).toBe(String(body.length));
    return { head, body: JSON.parse(body) as Seen['body'] };
  });
}

describe('the numbers that are ordered for', () => {
  it('are all different', () => {
    expect(new Set(Array.from({ length: SOME }, (_, n) => numberAt(n))).size).toBe(SOME);
  });

  it('are French mobile numbers that the simulator sells to', () => {
    for (let n = 0; n < SOME; n += 97) {
      const msisdn = `+336${String(numberAt(n)).padStart(8, '0')}`;
      expect(readNumber(msisdn, 'FR')).toMatchObject({ ok: true, e164: msisdn });
      expect(Object.keys(SCENARIOS)).not.toContain(msisdn.slice(-3));
    }
  });
});

describe('the orders', () => {
  it('are for the offer, each for a number of its own, with the token', () => {
    const orders = ordersOf([target], 0, 50);
    expect(new Set(orders.map(({ body }) => body.parameters.msisdn)).size).toBe(50);
    for (const { head, body } of orders) {
      expect(head).toContain('POST /distributors/transactions HTTP/1.1\r\n');
      expect(head).toContain('\r\nAuthorization: Bearer a.token.of-ours\r\n');
      expect(head).not.toContain('Idempotency-Key');
      expect(body.offer_id).toBe(target.offer_id);
      expect(body.parameters.msisdn).toMatch(/^\+336\d{8}$/);
    }
  });

  it('carry keys that are all different, one order in so many', () => {
    const keys = ordersOf([target], 4, 40).map(({ head }) => /Idempotency-Key: (\S+)/.exec(head)?.[1]);
    expect(keys.map((key) => key !== undefined)).toEqual(Array.from({ length: 40 }, (_, n) => n % 4 === 0));
    expect(new Set(keys.filter((key) => key !== undefined)).size).toBe(10);
  });

  it('are spread over all targets', () => {
    const targets = Array.from({ length: 10 }, (_, i) => ({
      ...target,
      offer_id: target.offer_id.replace(/.$/, `${i}`),
    }));
    const offers = new Set(ordersOf(targets, 0, 500).map(({ body }) => body.offer_id));
    expect(offers.size).toBe(10);
  });
});
