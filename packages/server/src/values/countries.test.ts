import { expect, it } from 'vitest';
import { COUNTRIES, CURRENCIES, countryOf } from './countries.ts';
import { minorDigits } from './money.ts';

it('a country has its name, calling code and flag', () => {
  expect(countryOf('FR')).toEqual({ iso_code: 'FR', name: 'France', phone_prefix: 33, flag: '🇫🇷' });
});

it('a territory without a calling code has 0', () => {
  expect(countryOf('AQ').phone_prefix).toBe(0);
});

it('a code that no country has keeps its code for a name', () => {
  expect(countryOf('ZZ')).toEqual({ iso_code: 'ZZ', name: 'ZZ', phone_prefix: 0, flag: '🇿🇿' });
});

it('the countries are all there, once, by code', () => {
  const codes = COUNTRIES.map(({ iso_code }) => iso_code);
  expect(codes.length).toBeGreaterThanOrEqual(249);
  expect(codes).toEqual([...new Set(codes)].toSorted());
  expect(codes).toEqual(expect.arrayContaining(['AD', 'BW', 'FR', 'XK', 'ZW']));
  // CI before CH would be by name.
  expect(codes.indexOf('CH')).toBeLessThan(codes.indexOf('CI'));
});

it('every country has a name and a flag of two letters, and nearly every one a calling code', () => {
  for (const { name, flag } of COUNTRIES) {
    expect(name).toMatch(/\p{L}{2}/u);
    expect(flag).toMatch(/^\p{RI}{2}$/u);
  }
  expect(COUNTRIES.filter(({ phone_prefix }) => phone_prefix === 0).map(({ iso_code }) => iso_code)).toEqual([
    'AQ',
    'BV',
    'GS',
    'HM',
    'PN',
    'TF',
    'UM',
  ]);
});

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
