import fc from 'fast-check';
import { type CountryCode, getCountries, getCountryCallingCode } from 'libphonenumber-js/max';
import { describe, expect, it } from 'vitest';
import { listedMobile } from './listed-mobile.ts';
import { readMsisdn } from './msisdn.ts';

const listedIn = (country: CountryCode, e164: string): string | null =>
  listedMobile(e164, country, getCountryCallingCode(country));

describe('a listed mobile number', () => {
  it('is known at once, and no other', () => {
    expect(listedIn('FR', '+33684587587')).toBe('684587587');
    expect(listedIn('ES', '+34612345678')).toBe('612345678');
    for (const other of ['+33 684587587', '33684587587', '0684587587', '+33145678901', '+330684587587', '+34612345678'])
      expect(listedIn('FR', other)).toBeNull();
  });

  it('is never told by a country that shares its calling code', () => {
    expect(listedIn('US', '+12015550123')).toBeNull();
    expect(listedIn('GP', '+590690123456')).toBeNull();
  });

  it('is read as the library reads it, of whichever country', () => {
    const known = new Set<CountryCode>();
    const digits = fc.stringMatching(/^\d{4,11}$/);
    for (const country of getCountries()) {
      const start = `+${getCountryCallingCode(country)}`;
      fc.assert(
        fc.property(digits, (rest) => {
          const national = listedIn(country, start + rest);
          if (national === null) return;
          known.add(country);
          expect(readMsisdn(start + rest, country)).toEqual({ ok: true, e164: start + rest, national });
        }),
        { numRuns: 1_000 },
      );
    }
    expect(known.size).toBeGreaterThan(100);
  });
});
