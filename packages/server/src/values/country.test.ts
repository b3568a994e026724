import { expect, it } from 'vitest';
import { COUNTRIES, countryOf } from './country.ts';

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
