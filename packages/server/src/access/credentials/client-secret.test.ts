import { expect, it } from 'vitest';
import { newClientId, newClientSecret, secretDigest } from './client-secret.ts';

it.each([
  ['Airport shop', /^airport-shop-[0-9a-f]{12}$/],
  ['Épicerie «Chez Zoé»', /^epicerie-chez-zoe-[0-9a-f]{12}$/],
  ['  --  ', /^client-[0-9a-f]{12}$/],
  ['東京', /^client-[0-9a-f]{12}$/],
  ['x'.repeat(255), /^x{32}-[0-9a-f]{12}$/],
])('a client of %j gets an id that says so, in letters that any header can carry', (name, expected) => {
  expect(newClientId(name)).toMatch(expected);
});

it('no two ids or secrets are alike', () => {
  expect(newClientId('Shop')).not.toBe(newClientId('Shop'));
  expect(newClientSecret()).not.toBe(newClientSecret());
});

it('a secret has 256 bits, and its digest does not tell it', () => {
  const secret = newClientSecret();
  expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
  expect(secretDigest(secret)).toMatch(/^[0-9a-f]{64}$/);
  expect(secretDigest(secret)).toBe(secretDigest(secret));
});
