import { describe, expect, it } from 'vitest';
import { readSerial } from './read-serial.ts';

describe('the serial of a SIM', () => {
  it('is taken as it is typed, scanned or pasted', () => {
    for (const raw of ['8991101200003204514', '8991 1012 0000 3204 514', 'ICCID: 8991101200003204514F\n']) {
      expect(readSerial(raw)).toMatchObject({ digits: '8991101200003204514', state: 'good' });
    }
    expect(readSerial('8991101200003204514').shown).toBe('8991 1012 0000 3204 514');
  });

  it('has a check digit where it is an ICCID', () => {
    expect(readSerial('8991101200003204515').state).toBe('wrong');
    expect(readSerial('12345678').state).toBe('good');
    expect(readSerial('1234').state).toBe('incomplete');
    expect(readSerial('1'.repeat(21)).state).toBe('wrong');
  });
});
