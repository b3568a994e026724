import { createHmac } from 'node:crypto';
import type { Event, StockLevel } from '@opentopup/contract';
import { beforeEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { verifyWebhook } from './webhooks.ts';

// The example that the specification of Standard Webhooks is tested with.
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const BODY = '{"test": 2432232314}';
const SENT = new Date(1614265330 * 1000);
const HEADERS = {
  'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  'webhook-timestamp': '1614265330',
  'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};
const OTHER = `whsec_${btoa('another secret of 24 bytes')}`;

const sign = (body: string, secret = SECRET): string => {
  const key = Buffer.from(secret.slice(6), 'base64');
  const signed = `${HEADERS['webhook-id']}.${HEADERS['webhook-timestamp']}.${body}`;
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: SENT });
});

describe('a webhook', () => {
  it('is taken with the signature that others make too', async () => {
    const webhook = { id: HEADERS['webhook-id'], timestamp: SENT, event: { test: 2432232314 } };
    await expect(verifyWebhook(BODY, HEADERS, SECRET)).resolves.toEqual(webhook);
    const bytes = new TextEncoder().encode(BODY);
    await expect(verifyWebhook(bytes, new Headers(HEADERS), SECRET.slice(6))).resolves.toEqual(webhook);
    expect(sign(BODY)).toBe(HEADERS['webhook-signature']);
  });

  it('is taken with either secret while one is being replaced, and among several signatures', async () => {
    await expect(verifyWebhook(BODY, HEADERS, [OTHER, SECRET])).resolves.toMatchObject({ id: HEADERS['webhook-id'] });
    const several = { ...HEADERS, 'webhook-signature': `v1a,abc v1,!! ${sign(BODY, OTHER)} ${sign(BODY)}` };
    await expect(verifyWebhook(BODY, several, SECRET)).resolves.toMatchObject({ id: HEADERS['webhook-id'] });
  });

  it.each([
    ['with another body', `${BODY} `, HEADERS, 'wrong_signature'],
    ['under another id', BODY, { ...HEADERS, 'webhook-id': 'msg_2' }, 'wrong_signature'],
    ['signed with another secret', BODY, { ...HEADERS, 'webhook-signature': sign(BODY, OTHER) }, 'wrong_signature'],
    ['with a part of the signature', BODY, { ...HEADERS, 'webhook-signature': 'v1,g0hM' }, 'wrong_signature'],
    [
      'signed in another way',
      BODY,
      { ...HEADERS, 'webhook-signature': sign(BODY).replace('v1', 'v2') },
      'wrong_signature',
    ],
    ['without a signature', BODY, { ...HEADERS, 'webhook-signature': undefined }, 'missing_header'],
    ['without an id', BODY, { ...HEADERS, 'webhook-id': '' }, 'missing_header'],
    ['without a time', BODY, { ...HEADERS, 'webhook-timestamp': 'now' }, 'bad_timestamp'],
    ['that is no JSON', 'test', { ...HEADERS, 'webhook-signature': sign('test') }, 'bad_body'],
  ])('%s is not taken', async (_, body, headers, fault) => {
    await expect(verifyWebhook(body, headers, SECRET)).rejects.toMatchObject({ name: 'WebhookError', fault });
  });

  it('says by its type what it tells', async () => {
    const told = { id: '1', type: 'stock.low', version: 1, created: '2021-02-25T15:02:10Z', data: { available: 7 } };
    const body = JSON.stringify(told);
    const { event } = await verifyWebhook(body, { ...HEADERS, 'webhook-signature': sign(body) }, SECRET);
    expectTypeOf(event).toEqualTypeOf<Event>();
    if (event.type !== 'stock.low') throw new Error(`it is ${event.type}`);
    expectTypeOf(event.data).toEqualTypeOf<StockLevel>();
    expect(event.data.available).toBe(7);
  });

  it('is not taken long before or after its time', async () => {
    vi.setSystemTime(SENT.getTime() + 301_000);
    await expect(verifyWebhook(BODY, HEADERS, SECRET)).rejects.toMatchObject({ fault: 'too_old' });
    await expect(verifyWebhook(BODY, HEADERS, SECRET, { tolerance_s: 600 })).resolves.toBeDefined();
    vi.setSystemTime(SENT.getTime() - 301_000);
    await expect(verifyWebhook(BODY, HEADERS, SECRET)).rejects.toMatchObject({ fault: 'too_new' });
  });
});
