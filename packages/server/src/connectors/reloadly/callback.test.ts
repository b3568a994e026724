import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readReloadlyCallback } from './callback.ts';

const REFERENCE = '01890000-0000-7000-8000-000000000001';
const SECRET = 'secret of the webhook';
const supplier = (secrets: Record<string, string>) => ({ id: 'reloadly', settings: {}, secrets });
const signed = (told: unknown, secret = SECRET, at = '1790000000000') => {
  const body = Buffer.from(JSON.stringify(told));
  const signature = createHmac('sha256', secret).update(`${body.toString()}:1790000000000`).digest('hex');
  return { headers: { 'x-reloadly-signature': signature, 'x-reloadly-request-timestamp': at }, body };
};
const read = (callback: Parameters<typeof readReloadlyCallback>[0]) =>
  readReloadlyCallback(callback, supplier({ webhook_secret: SECRET }));
const order = { customIdentifier: REFERENCE, status: 'SUCCESSFUL' };
const news = { type: 'airtime_transaction.status', data: order };

describe('a notification of Reloadly', () => {
  it.each([
    ['as some have seen it', news],
    ['as others have', { type: 'airtime_transaction.status', data: { transaction: order } }],
    ['as the order by itself', order],
  ])('says which order is to be asked for, and proves nothing: %s', (_, told) => {
    expect(read(signed(told))).toEqual({ reference: REFERENCE, outcome: null });
  });

  it('of another attempt than the first says which', () => {
    const reference = `${REFERENCE}-2`;
    expect(read(signed({ ...order, customIdentifier: reference }))).toEqual({ reference, outcome: null });
  });

  it.each([
    ['it is signed with another secret', signed(news, 'another')],
    ['it is signed at another time', signed(news, SECRET, '1790000000001')],
    ['it is not signed', { headers: {}, body: Buffer.from(JSON.stringify(news)) }],
    ['its signature is none', { headers: { 'x-reloadly-signature': 'x' }, body: Buffer.from(JSON.stringify(news)) }],
    ['it was changed on the way', { ...signed(news), body: Buffer.from(JSON.stringify({ ...news, more: 1 })) }],
    ['its order has another name', signed({ ...news, data: { customIdentifier: 'order 7' } })],
    ['it is of something else', signed({ type: 'giftcard_transaction.status', data: { transactionId: 7 } })],
    ['it is a word', signed('SUCCESSFUL')],
    ['it is nothing', signed(null)],
  ])('is not taken where %s', (_, callback) => {
    expect(read(callback)).toBeNull();
  });

  it('is taken unsigned where the operator has no secret for it', () => {
    const callback = { headers: {}, body: Buffer.from(JSON.stringify(news)) };
    expect(readReloadlyCallback(callback, supplier({}))).toEqual({ reference: REFERENCE, outcome: null });
    expect(readReloadlyCallback({ headers: {}, body: Buffer.from('{') }, supplier({}))).toBeNull();
  });
});
