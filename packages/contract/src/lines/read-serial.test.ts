import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHECK_DIGIT_RULES, luhnAgrees, readSerial } from './read-serial.ts';

const SERIAL = '8991101200003204514';

const checkDigit = (digits: string): string =>
  '0123456789'.split('').find((digit) => luhnAgrees(digits + digit)) as string;

describe('the serial of a SIM', () => {
  it('of 19 or 20 digits passes with its check digit; without it, as the supplier has it', () => {
    const body = fc.stringMatching(/^89\d{16,17}$/);
    fc.assert(
      fc.property(body, fc.integer({ min: 1, max: 9 }), (digits, off) => {
        const right = digits + checkDigit(digits);
        const wrong = digits + String((Number(checkDigit(digits)) + off) % 10);
        for (const rule of CHECK_DIGIT_RULES) {
          expect(readSerial(right, rule)).toEqual({ ok: true, serial: right, isChecked: true });
        }
        expect(readSerial(wrong)).toEqual({ ok: false, fault: 'serial_check_digit' });
        expect(readSerial(wrong, 'warn')).toEqual({ ok: true, serial: wrong, isChecked: false });
        expect(readSerial(wrong, 'off')).toEqual({ ok: true, serial: wrong, isChecked: false });
      }),
    );
  });

  it('knows a published card number', () => {
    expect(luhnAgrees('79927398713')).toBe(true);
    expect(luhnAgrees('79927398710')).toBe(false);
  });

  it.each([
    '8991 1012 0000-3204 514F',
    '8991101200003204514f',
    ']C18991101200003204514',
    ']C08991101200003204514',
    ']d28991101200003204514',
    ']C1ICCID:8991101200003204514F\r\n',
    'ICCID: 8991 1012 0000 3204 514',
    'iccid 8991101200003204514',
    '\u202a8991\u20091012\u20090000\u20113204\u2011514\u202c',
    '٨٩٩١١٠١٢٠٠٠٠٣٢٠٤٥١٤',
    '８９９１１０１２００００３２０４５１４',
  ])('is one however it is written, printed or scanned: %s', (written) => {
    expect(readSerial(written)).toMatchObject({ ok: true, serial: SERIAL });
  });

  it.each([
    '12345678',
    '123456789012',
    // An ICCID without its check digit, and as it stands in the SIM, filled up to 20.
    SERIAL.slice(0, -1),
    `${SERIAL.slice(0, -1)}FF`,
    'NSCE 123456789012',
  ])('that is shorter has no check digit: %s', (written) => {
    expect(readSerial(written)).toMatchObject({ ok: true, serial: written.replaceAll(/\D/g, ''), isChecked: true });
  });

  it.each([
    ['one digit too many', `${SERIAL}5`, 'serial_check_digit'],
    ['two digits too many', `${SERIAL}56`, 'serial_too_long'],
    ['a filler behind 20 digits', `${SERIAL}5F`, 'serial_not_digits'],
    ['hexadecimal digits', '8986000A12345678901', 'serial_not_digits'],
    ['a filler that fills nothing', '12345678F', 'serial_not_digits'],
    ['letters', '89911012000032045AB', 'serial_not_digits'],
    ['emoji', '📱12345678', 'serial_not_digits'],
    ['what a spreadsheet makes of it', '8.99E+18', 'serial_not_digits'],
    ['a digit less than the shortest', '1234567', 'serial_too_short'],
    ['nothing', '', 'serial_too_short'],
    ['a bar code of something else', '1'.repeat(70), 'serial_too_long'],
  ])('with %s is refused, and told why: %s', (_, written, fault) => {
    expect(readSerial(written)).toEqual({ ok: false, fault });
  });

  it('never fails on any text, and is its own normal form', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^(\]C1)?[\dF -]{0,24}$/));
    fc.assert(
      fc.property(text, fc.constantFrom(...CHECK_DIGIT_RULES), (written, rule) => {
        const result = readSerial(written, rule);
        if (result.ok) expect(readSerial(result.serial, rule)).toEqual(result);
      }),
    );
  });
});
