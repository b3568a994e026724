import { expect, it } from 'vitest';
import { plainSpelling } from './plain-spelling.ts';

it.each(Intl.supportedValuesOf('numberingSystem'))(
  'digits are read in every script that counts by ten: %s',
  (system) => {
    const locale = new Intl.Locale('en', { numberingSystem: system });
    const written = new Intl.NumberFormat(locale, { useGrouping: false }).format(9_876_543_210);
    // Some systems have signs of their own that are no digits of a place, as Roman and Chinese ones.
    expect(plainSpelling(written)).toBe(/^\p{Nd}{10}$/u.test(written) ? '9876543210' : written);
  },
);

it.each([
  ['a mark of direction', '\u202a', ''],
  ['an isolate', '\u2066', ''],
  ['the end of an isolate', '\u2069', ''],
  ['a blank of no width', '\u200b', ''],
  ['a mark from right to left', '\u200f', ''],
  ['an Arabic letter mark', '\u061c', ''],
  ['a byte order mark', '\ufeff', ''],
  ['a soft hyphen', '\u00ad', ''],
  ['a thin space', '\u2009', ' '],
  ['a no-break space', '\u00a0', ' '],
  ['a narrow no-break space', '\u202f', ' '],
  ['an ideographic space', '\u3000', ' '],
  ['a tab', '\t', ' '],
  ['a non-breaking hyphen', '\u2011', '-'],
  ['a dash', '\u2013', '-'],
  ['a minus sign', '\u2212', '-'],
  ['a full-width plus', '\uff0b', '+'],
])('%s within digits is left out, or is what one types for it', (_, sign, plain) => {
  expect(plainSpelling(`06${sign}84`)).toBe(`06${plain}84`);
  expect(plainSpelling(`${sign}0684${sign}`)).toBe(plain === ' ' ? '0684' : `${plain}0684${plain}`);
});

it('whatever else there is stays', () => {
  for (const written of ['0684a', '0684📱', '0684;ext=5', '½', '①', 'Ⅳ']) expect(plainSpelling(written)).toBe(written);
});
