import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseMsisdn } from './msisdn.ts';

const FRENCH = { ok: true, e164: '+33684587587', national: '684587587' };

describe('a mobile number', () => {
  it.each([
    '+33 6 84 58 75 87',
    '0684587587',
    '684587587',
    '33684587587',
    '0033684587587',
    '+33 (0)6.84.58.75.87',
    '06-84-58-75-87',
    '06\u00a084\u00a058\u00a075\u00a087',
  ])('is one number however it is written: %s', (written) => {
    expect(normaliseMsisdn(written, 'FR')).toEqual(FRENCH);
  });

  it('of Spain has nine digits and no leading zero', () => {
    const spanish = { ok: true, e164: '+34612345678', national: '612345678' };
    for (const written of ['612345678', '+34 612 34 56 78', '0034612345678', '34612345678']) {
      expect(normaliseMsisdn(written, 'ES')).toEqual(spanish);
    }
  });

  it('of a range too new to be listed is let through', () => {
    expect(normaliseMsisdn('+33700000001', 'FR')).toMatchObject({ ok: true, national: '700000001' });
  });

  it.each([
    ['of another country', '+34612345678'],
    ['of an overseas country', '+590690123456'],
    ['of a landline', '0145678901'],
    ['of a premium service', '0899123456'],
    ['too short', '06845875'],
    ['too long', '06845875870'],
    ['of 40 digits', '6'.repeat(40)],
    ['with letters', '06845875ab'],
    ['with an extension', '0684587587;ext=5'],
    ['with emoji', '06845875📱'],
    ['in full-width digits', '０６８４５８７５８７'],
    ['with a plus in the middle', '0684+587587'],
    ['empty', ''],
    ['of blanks', '   '],
  ])('%s is refused', (_, written) => {
    expect(normaliseMsisdn(written, 'FR')).toEqual({ ok: false });
  });

  it('never fails on any text, and is its own normal form', () => {
    const number = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[+\d ().-]{0,20}$/));
    fc.assert(
      fc.property(number, fc.constantFrom('FR', 'ES', 'XX'), (written, country) => {
        const result = normaliseMsisdn(written, country);
        if (result.ok) expect(normaliseMsisdn(result.e164, country)).toEqual(result);
      }),
    );
  });
});
