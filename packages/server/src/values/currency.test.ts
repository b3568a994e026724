import { expect, it } from 'vitest';
import { CURRENCIES } from './currency.ts';
import { minorDigits } from './money.ts';

const codes = CURRENCIES.map(({ iso_code }) => iso_code);

it('the currencies have their names of ISO 4217', () => {
  expect(CURRENCIES).toContainEqual({ iso_code: 'BWP', name: 'Pula' });
  expect(CURRENCIES).toContainEqual({ iso_code: 'XOF', name: 'CFA Franc BCEAO' });
  expect(CURRENCIES).toContainEqual({ iso_code: 'KMF', name: 'Comorian Franc' });
});

it('one that is younger than the list of names has one too', () => {
  expect(CURRENCIES).toContainEqual({ iso_code: 'XCG', name: 'Caribbean guilder' });
});

it('the currencies are those that people pay in, once, by code', () => {
  expect(codes).toEqual([...new Set(codes)].toSorted());
  expect(codes.length).toBeGreaterThan(150);
  expect(codes).toEqual(expect.arrayContaining(['CHF', 'CLP', 'EUR', 'USD', 'UYU', 'XAF', 'XPF']));
  const noMoney = ['XAU', 'XAG', 'XDR', 'XTS', 'XXX', 'XBA', 'BOV', 'CHE', 'CHW', 'CLF', 'COU', 'MXV', 'USN', 'UYI'];
  expect(codes.filter((code) => noMoney.includes(code))).toEqual([]);
  // Given up for the euro, the peso and the Caribbean guilder.
  expect(codes.filter((code) => ['ANG', 'BGN', 'CUC', 'DEM', 'HRK'].includes(code))).toEqual([]);
});

it('the digits of each are known', () => {
  for (const code of codes) expect(minorDigits(code)).toBeGreaterThanOrEqual(0);
});
