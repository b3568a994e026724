import { expect, it } from 'vitest';
import { createRing } from './request-log.ts';

it('a ring keeps the newest in their order, tells how many it has lost, and begins anew', () => {
  const ring = createRing<number>(3);
  for (const each of [1, 2]) ring.push(each);
  expect(ring.take()).toEqual({ taken: [1, 2], lost: 0 });
  for (const each of [1, 2, 3, 4, 5]) ring.push(each);
  expect(ring.take()).toEqual({ taken: [3, 4, 5], lost: 2 });
  expect(ring.take()).toEqual({ taken: [], lost: 0 });
});
