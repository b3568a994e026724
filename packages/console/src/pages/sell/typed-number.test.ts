import { readNumber } from '@opentopup/contract/lines/read-number';
import { getCountries, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, it } from 'vitest';
import { typedNumber } from './typed-number.ts';

/** What stands in the field when this was typed, sign by sign. */
const typed = (text: string, country: string): string =>
  [...text].reduce((shown, sign) => typedNumber(shown + sign, country).shown, '');

describe('a number as it is typed', () => {
  it('is written as in its country, digit by digit', () => {
    expect(typedNumber('', 'FR').shown).toBe('');
    expect(typedNumber('+', 'FR').shown).toBe('+');
    expect(typed('06845', 'FR')).toBe('06 84 5');
    expect(typed('0684587587', 'FR')).toBe('06 84 58 75 87');
    expect(typed('+33684587587', 'FR')).toBe('+33 6 84 58 75 87');
    expect(typed('612345678', 'ES')).toBe('612 34 56 78');
  });

  it.each(getCountries())('is taken by the server as soon as it is shown to be good: %s', (country) => {
    const example = getExampleNumber(country, examples);
    for (const text of [example?.number ?? '', example?.formatNational() ?? '']) {
      expect(typedNumber(typed(text, country), country).read).toMatchObject({ ok: true, e164: example?.number });
      for (const raw of [text, typed(text, country), text.slice(0, -1), `${text}0`]) {
        const { shown, read } = typedNumber(raw, country);
        expect(readNumber(shown, country)).toEqual(read);
      }
    }
  });

  it('is taken as a paste or a scanner brings it', () => {
    for (const raw of ['tel:+33 6 84-58.75 87', ' \u202a+33\u00a0684587587\u202c\r\n', '0684587587\t', '٠٦٨٤٥٨٧٥٨٧']) {
      expect(typedNumber(raw, 'FR').read).toMatchObject({ ok: true, e164: '+33684587587' });
      expect(typedNumber(typedNumber(raw, 'FR').shown, 'FR').read).toMatchObject({ ok: true, e164: '+33684587587' });
    }
  });
});
