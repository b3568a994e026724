import fc from 'fast-check';
import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  getExampleNumber,
  type PhoneNumber,
} from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { describe, expect, it } from 'vitest';
import { readNumber } from './read-number.ts';

const FRENCH = { ok: true, e164: '+33684587587', national: '684587587' };

const exampleOf = (country: CountryCode): PhoneNumber => getExampleNumber(country, examples) as PhoneNumber;

/** The ways in which people write a number. */
function spellingsOf(number: PhoneNumber): Record<string, string> {
  const international = number.formatInternational();
  const national = number.formatNational();
  return {
    'E.164': number.number,
    'in national form': national,
    'of national digits': national.replaceAll(/\D/g, ''),
    'without the prefix': number.nationalNumber,
    'in international form': international,
    'as a URI': number.getURI(),
    'dialled by 00': `00${number.number.slice(1)}`,
    'without its plus': number.number.slice(1),
    'with the calling code in brackets': international.replace(/^\+\d+/, '($&)'),
    'with dots': international.replaceAll(' ', '.'),
    'with hyphens that do not break': international.replaceAll(/[ -]/g, '\u2011'),
    'with thin spaces, between marks of direction': `\u202a${international.replaceAll(' ', '\u2009')}\u202c`,
    'with tabs and an end of line': `\t${national}\t\r\n`,
    'in full-width digits': national.replaceAll(/[\d+]/g, (sign) => String.fromCodePoint(sign.charCodeAt(0) + 0xfee0)),
    'in Arabic-Indic digits': national.replaceAll(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)] as string),
  };
}

describe.each(getCountries())('a mobile number of %s', (country) => {
  const number = exampleOf(country);
  it('is one however it is written', () => {
    for (const [how, written] of Object.entries(spellingsOf(number))) {
      expect({ how, ...readNumber(written, country) }).toEqual({
        how,
        ok: true,
        e164: number.number,
        national: number.nationalNumber,
      });
    }
  });
});

describe('a mobile number', () => {
  it.each([
    '+33 6 84 58 75 87',
    '0684587587',
    '684587587',
    '33684587587',
    '0033684587587',
    '+33 (0)6.84.58.75.87',
    '(+33) 6 84 58 75 87',
    '06-84-58-75-87',
    '06\u00a084\u00a058\u00a075\u00a087',
    '06–84·58·75·87',
    'tel:+33-6-84-58-75-87',
    'TEL: 06 84 58 75 87',
    '\u2066+33 6 84 58 75 87\u2069',
    '\u200e0684587587\u200f',
  ])('is one however it is written: %s', (written) => {
    expect(readNumber(written, 'FR')).toEqual(FRENCH);
  });

  it.each([
    ['CI', '0707080910', '+2250707080910'],
    ['BJ', '+2290197123456', '+2290197123456'],
    ['CG', '+242061234567', '+242061234567'],
    ['CG', '06 123 4567', '+242061234567'],
  ])('may begin with a zero that belongs to it: %s %s', (country, written, e164) => {
    expect(readNumber(written, country)).toMatchObject({ ok: true, e164, national: e164.slice(4) });
  });

  it.each(['MF', 'BL', 'GP'])('of a calling code that several share is of each of them: %s', (country) => {
    expect(readNumber('+590690123456', country)).toMatchObject({ ok: true, e164: '+590690123456' });
    expect(readNumber('0690 12 34 56', country)).toMatchObject({ ok: true, e164: '+590690123456' });
  });

  it.each([
    ['FR', '0692123456', ['RE']],
    ['FR', '+33692123456', ['RE']],
    ['FR', '+262692123456', ['RE']],
    ['FR', '0690123456', ['GP', 'BL', 'MF']],
    ['FR', '0694123456', ['GF']],
    ['FR', '0696123456', ['MQ']],
    ['FR', '0639123456', ['YT']],
    ['FR', '0639000000', ['YT']],
    ['RE', '0684587587', ['FR']],
    ['RE', '0696123456', ['MQ']],
    ['MQ', '0692123456', ['RE']],
    ['FR', '+34612345678', ['ES']],
    ['US', '+18765550123', ['JM']],
    ['US', '+18760000000', ['JM']],
    ['US', '+15062345678', ['CA']],
    ['JM', '+12015550123', ['US']],
    ['JM', '+12995550123', []],
    ['RU', '+77071234567', ['KZ']],
    ['KZ', '+79123456789', ['RU']],
    ['GB', '+447781123456', ['GG']],
    ['GG', '+447400123456', ['GB']],
    ['RE', '+262639012345', ['YT']],
    ['CW', '+5993181234', ['BQ']],
  ])('of %s is none that is of somewhere else: %s', (country, written, countries) => {
    expect(readNumber(written, country)).toMatchObject({ ok: false, fault: 'other_country', countries });
  });

  it.each(getCountries())('of %s is sold for no country of another calling code', (of) => {
    const { number, countryCallingCode } = exampleOf(of);
    const others = getCountries().filter((each) => getCountryCallingCode(each) !== countryCallingCode);
    expect(others.filter((each) => readNumber(number, each).ok)).toEqual([]);
  });

  it.each([
    ['06 84 58 75 8', 1],
    ['06 84 58 75', 2],
    ['+33 6 84 58 75', 2],
    ['68458758', 1],
    ['0', 9],
  ])('that lacks digits is told how many: %s', (written, missing) => {
    expect(readNumber(written, 'FR')).toMatchObject({ ok: false, fault: 'too_short', missing });
  });

  it('of a range too new to be listed is let through', () => {
    expect(readNumber('+33700000001', 'FR')).toMatchObject({ ok: true, national: '700000001' });
  });

  it.each([
    ['of a landline', '0145678901', 'not_mobile'],
    ['of a premium service', '0899123456', 'not_mobile'],
    ['too long', '06845875870', 'too_long'],
    ['of 40 digits', '6'.repeat(40), 'too_long'],
    ['of 70 digits', '6'.repeat(70), 'too_long'],
    ['with letters', '06845875ab', 'not_a_number'],
    ['with an extension', '0684587587;ext=5', 'not_a_number'],
    ['with emoji', '06845875📱', 'not_a_number'],
    ['with a plus in the middle', '0684+587587', 'not_a_number'],
    ['as a spreadsheet makes it', '6.84588E+08', 'not_a_number'],
    ['of a calling code nobody has', '+99912345678', 'not_a_number'],
    ['empty', '', 'not_a_number'],
    ['of blanks', '   ', 'not_a_number'],
  ])('%s is refused', (_, written, fault) => {
    expect(readNumber(written, 'FR')).toMatchObject({ ok: false, fault });
  });

  it('never fails on any text, and is its own normal form', () => {
    const number = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[+\d ().-]{0,20}$/));
    fc.assert(
      fc.property(number, fc.constantFrom(...getCountries(), 'XX'), (written, country) => {
        const result = readNumber(written, country);
        if (result.ok) expect(readNumber(result.e164, country)).toEqual(result);
      }),
      { numRuns: 2_000 },
    );
  });
});
