import { expect, it } from 'vitest';
import { readMigrations } from './migrate.ts';

it('migrations have a number each: two that were written side by side run in an order that somebody chose', () => {
  const numbers = readMigrations().map(({ name }) => name.slice(0, 4));
  expect(numbers.filter((number, i) => number === numbers[i - 1])).toEqual([]);
});
