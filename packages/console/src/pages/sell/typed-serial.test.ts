import { describe, expect, it } from 'vitest';
import { typedSerial } from './typed-serial.ts';

const SERIAL = '8991101200003204514';
const SHOWN = '8991 1012 0000 3204 514';

/** What stands in the field when this was typed, sign by sign. */
const typed = (text: string): string =>
  [...text].reduce((shown, sign) => typedSerial(shown + sign, 'refuse').shown, '');

describe('the serial of a SIM', () => {
  it.each([SERIAL, SHOWN, `ICCID: ${SERIAL}F`, `]C1${SERIAL}`, `${SERIAL}F\n`])(
    'is shown in groups however it is typed, scanned or pasted: %s',
    (raw) => {
      for (const text of [raw, typed(raw)]) {
        expect(typedSerial(text, 'refuse')).toEqual({
          shown: SHOWN,
          read: { ok: true, serial: SERIAL, isChecked: true },
        });
      }
    },
  );

  it('is told what is wrong with it, and what is no digit stays in sight', () => {
    expect(typedSerial('1234', 'refuse')).toEqual({ shown: '1234', read: { ok: false, fault: 'serial_too_short' } });
    expect(typedSerial('89860A', 'refuse')).toEqual({
      shown: '89860A',
      read: { ok: false, fault: 'serial_not_digits' },
    });
    const wrong = `${SERIAL.slice(0, -1)}5`;
    expect(typedSerial(wrong, 'refuse').read).toEqual({ ok: false, fault: 'serial_check_digit' });
    expect(typedSerial(wrong, 'warn').read).toEqual({ ok: true, serial: wrong, isChecked: false });
  });
});
