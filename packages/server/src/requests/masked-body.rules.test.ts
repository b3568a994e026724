import { expect, it } from 'vitest';
import { lineShape, maskedBody } from './masked-body.rules.ts';

it('a body is kept without numbers, addresses and secrets, whatever their fields are called', () => {
  const body = {
    offer_id: '01935a2c-0000-7000-8000-000000000003',
    parameters: { msisdn: '0884587587', note: 'call 06 84 58 75 87' },
    voucher_id: '684587587',
    notify: { email: 'ada@shop.example' },
    client_secret: 'abc',
    max_price: 7.92,
  };
  const kept = maskedBody(body) ?? '';
  expect(JSON.parse(kept)).toEqual({
    offer_id: body.offer_id,
    parameters: { msisdn: '••••••••87', note: 'call •• •• •• •• 87' },
    voucher_id: '•••••••87',
    notify: { email: '•••@shop.example' },
    client_secret: '[…]',
    max_price: 7.92,
  });
});

it('a text that may be a key is not kept, in whichever field it was sent', () => {
  const pem = '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIOxk\n-----END PRIVATE KEY-----';
  const base64 = Buffer.from(pem).toString('base64');
  expect(maskedBody({ public_key: pem, offers: [base64] })).toBe('{"public_key":"[…]","offers":["[…]"]}');
});

it('a long body is cut off, and what is no object is not kept', () => {
  expect(maskedBody({ texts: Array.from({ length: 500 }, () => 'plain') })).toHaveLength(1_001);
  expect([maskedBody('a;b'), maskedBody(undefined), maskedBody(Buffer.from('x'))]).toEqual([null, null, null]);
});

it.each([
  ['0812345678', { line_digits: 10, line_begins: '08' }],
  ['+33 8 12 34 56 78', { line_digits: 11, line_begins: '+338' }],
  ['', { line_digits: 0, line_begins: '' }],
])('of a line %j is told how it was written', (msisdn, shape) => {
  expect(lineShape({ parameters: { msisdn } })).toEqual(shape);
});

it('of an order without a line nothing is', () => {
  expect([lineShape({}), lineShape(null), lineShape({ parameters: { msisdn: 33 } })]).toEqual([null, null, null]);
});
