import { expect, it } from 'vitest';
import { capReached } from './caps.rules.ts';

const caps = {
  offers: [],
  units_per_hour: 2,
  units_per_day: 4,
  line_units_per_day: 1,
  amount_per_day_minor: 2_000,
  currency: 'EUR',
  released_up_to_minor: null,
};
const unused = { units_last_hour: 0, units_last_day: 0, line_units_last_day: 0, amount_last_day_minor: 0 };

it.each([
  ['nothing while there is room', { amount_last_day_minor: 1_200 }, null],
  ['the hour', { units_last_hour: 2 }, 'units_per_hour: 2'],
  ['the day', { units_last_day: 4 }, 'units_per_day: 4'],
  ['the line', { line_units_last_day: 1 }, 'line_units_per_day: 1'],
  ['the amount, which one more sale would pass', { amount_last_day_minor: 1_201 }, 'amount_per_day'],
])('what stops an agent is %s', (_, used, told) => {
  expect(capReached(caps, { ...unused, ...used }, 800)).toBe(told);
});
