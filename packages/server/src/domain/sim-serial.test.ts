import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { luhnValid, normaliseSimSerial } from './sim-serial.ts';

const checkDigit = (digits: string): string =>
  '0123456789'.split('').find((digit) => luhnValid(digits + digit)) as string;

describe('the serial of a SIM', () => {
  it('of 19 or 20 digits passes with its check digit, and only with it', () => {
    const body = fc.stringMatching(/^89\d{16,17}$/);
    fc.assert(
      fc.property(body, fc.integer({ min: 1, max: 9 }), (digits, off) => {
        const right = checkDigit(digits);
        const wrong = String((Number(right) + off) % 10);
        expect(normaliseSimSerial(digits + right)).toEqual({ ok: true, serial: digits + right });
        expect(normaliseSimSerial(digits + wrong)).toEqual({ ok: false });
      }),
    );
  });

  it('knows a published card number', () => {
    expect(luhnValid('79927398713')).toBe(true);
    expect(luhnValid('79927398710')).toBe(false);
  });

  it('loses blanks, dashes and the filler behind 19 digits', () => {
    const serial = '8991101200003204514';
    expect(normaliseSimSerial('8991 1012 0000-3204 514F')).toEqual({ ok: true, serial });
  });

  it('that is shorter is taken as given', () => {
    for (const serial of ['12345678', '123456789012', '123456789012345678']) {
      expect(normaliseSimSerial(serial)).toEqual({ ok: true, serial });
    }
  });

  it.each(['1234567', '1'.repeat(21), '89911012000032045AB', '📱12345678', '', '１２３４５６７８', '12345678F'])(
    'is refused: %s',
    (written) => {
      expect(normaliseSimSerial(written)).toEqual({ ok: false });
    },
  );
});
