import { expect, it } from 'vitest';
import { createTray } from './request-log.ts';

it('a tray keeps what came first, makes nothing of the rest, tells how many it has lost, and begins anew', () => {
  const tray = createTray<number>(3);
  for (const each of [1, 2]) tray.put(() => each);
  expect(tray.take()).toEqual({ taken: [1, 2], lost: 0 });
  const made: number[] = [];
  for (const each of [1, 2, 3, 4, 5]) {
    tray.put(() => {
      made.push(each);
      return each;
    });
  }
  expect(tray.take()).toEqual({ taken: [1, 2, 3], lost: 2 });
  expect(made).toEqual([1, 2, 3]);
  expect(tray.take()).toEqual({ taken: [], lost: 0 });
});
