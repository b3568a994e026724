import fc from 'fast-check';
import { getCountries, getCountryCallingCode, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, it } from 'vitest';
import { listedMobile } from './listed-mobile.ts';
import { readClosely } from './read-number.ts';

const E164_MOST = 15;

describe('a listed mobile number', () => {
  it('is known at once, and no other', () => {
    expect(listedMobile('+33684587587', 'FR')).toBe('684587587');
    expect(listedMobile('+34612345678', 'ES')).toBe('612345678');
    expect(listedMobile('+2250707080910', 'CI')).toBe('0707080910');
    expect(listedMobile('+590690123456', 'MF')).toBe('690123456');
    for (const other of ['+33 684587587', '33684587587', '0684587587', '+33145678901', '+330684587587', '+34612345678'])
      expect(listedMobile(other, 'FR')).toBeNull();
  });

  it('is not told by another country that shares its calling code', () => {
    expect(listedMobile('+18765550123', 'US')).toBeNull();
    expect(listedMobile('+77071234567', 'RU')).toBeNull();
    expect(listedMobile('+447781123456', 'GB')).toBeNull();
    expect(listedMobile('+262639012345', 'RE')).toBeNull();
  });

  it.each(getCountries())('is read as the library reads it: %s', (country) => {
    const start = `+${getCountryCallingCode(country)}`;
    const examplesThere = getCountries()
      .filter((each) => getCountryCallingCode(each) === start.slice(1))
      .map((each) => getExampleNumber(each, examples)?.nationalNumber as string);
    // Made-up digits, and examples of all that share the calling code with some of their digits changed.
    const near = fc
      .tuple(fc.constantFrom(...examplesThere), fc.nat(E164_MOST), fc.stringMatching(/^\d{0,6}$/))
      .map(([digits, at, others]) => digits.slice(0, at) + others + digits.slice(at + others.length));
    fc.assert(
      fc.property(fc.oneof(near, fc.stringMatching(/^\d{4,11}$/)), (rest) => {
        const national = listedMobile(start + rest, country);
        if (national === null) return;
        expect(readClosely(start + rest, country)).toEqual({ ok: true, e164: start + rest, national });
      }),
      { numRuns: 400 },
    );
    // Of Argentina's numbers, any may begin with a prefix: all are read more closely.
    const own = getExampleNumber(country, examples)?.number ?? '';
    expect(listedMobile(own, country) !== null).toBe(country !== 'AR');
  });
});
