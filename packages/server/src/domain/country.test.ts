import { expect, it } from 'vitest';
import { countryOf } from './country.ts';

it('a country has its name, calling code and flag', () => {
  expect(countryOf('FR')).toEqual({ iso_code: 'FR', name: 'France', phone_prefix: 33, flag: '🇫🇷' });
});

it('a territory without a calling code has 0', () => {
  expect(countryOf('AQ').phone_prefix).toBe(0);
});
