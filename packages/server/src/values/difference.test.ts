import { expect, test } from 'vitest';
import { difference } from './difference.ts';

const offer = { name: 'Ten', price: 792, tags: ['a', 'b'], ends: new Date(0), data: { x: 1, y: { z: 2 } } };

test('a difference tells the fields that change, as they were and as they are now', () => {
  expect(difference(offer, { name: 'Ten', price: 750, tags: ['a'] })).toEqual({
    before: { price: 792, tags: ['a', 'b'] },
    after: { price: 750, tags: ['a'] },
  });
});

test('there is none where all is so already, also for lists, dates and objects written in another order', () => {
  const same = { price: 792, tags: ['a', 'b'], ends: new Date(0), data: { y: { z: 2 }, x: 1 } };
  expect(difference(offer, same)).toBeNull();
  expect(difference(offer, {})).toBeNull();
});

test('a field that is not given does not change', () => {
  expect(difference<{ name?: string }>({ name: 'Ten' }, { name: undefined } as object)).toBeNull();
});
