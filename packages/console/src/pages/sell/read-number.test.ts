import { describe, expect, it } from 'vitest';
import { readNumber } from './read-number.ts';

const read = (raw: string, country = 'FR') => {
  const { shown, state } = readNumber(raw, country);
  return [shown, state];
};

describe('a number as it is typed', () => {
  it('is written as in its country, digit by digit', () => {
    expect(read('')).toEqual(['', 'empty']);
    expect(read('06845')).toEqual(['06 84 5', 'incomplete']);
    expect(read('0684587587')).toEqual(['06 84 58 75 87', 'good']);
    expect(read('+33684587587')).toEqual(['+33 6 84 58 75 87', 'good']);
    expect(read('612345678', 'ES')).toEqual(['612 34 56 78', 'good']);
  });

  it('is taken as a paste or a scanner brings it', () => {
    for (const raw of ['tel:+33 6 84-58.75 87', ' \u202a+33\u00a0684587587\u202c\r\n', '0684587587\t']) {
      expect(readNumber(raw, 'FR')).toMatchObject({ state: 'good', country: 'FR', isMobile: true });
    }
  });

  it('is told to be of another country, or not a mobile', () => {
    expect(readNumber('+34612345678', 'FR')).toMatchObject({ state: 'other_country', country: 'ES' });
    expect(readNumber('0145000000', 'FR')).toMatchObject({ state: 'not_mobile', country: 'FR' });
  });
});
