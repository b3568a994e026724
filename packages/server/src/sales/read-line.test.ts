import { describe, expect, it } from 'vitest';
import { lineDigits, lineText } from '../values/line.ts';
import { namesLine, readLine } from './read-line.ts';

const FRENCH = { country: 'FR', sim_check_digit: 'refuse' } as const;

describe('the line of an order', () => {
  it('is a number where the product takes numbers: E.164 is kept, the supplier reads the national digits', () => {
    const line = readLine('msisdn', FRENCH, { msisdn: '0684587587' });
    expect(line).toEqual({ kind: 'msisdn', e164: '+33684587587', national: '684587587' });
    if ('kind' in line) expect([lineText(line), lineDigits(line)]).toEqual(['+33684587587', '684587587']);
  });

  it('is a serial where the product takes serials', () => {
    const line = readLine('simId', FRENCH, { simId: '123 456 789' });
    expect(line).toEqual({ kind: 'simId', serial: '123456789' });
    if ('kind' in line) expect([lineText(line), lineDigits(line)]).toEqual(['123456789', '123456789']);
  });

  it('has a check digit as its supplier has it', () => {
    const parameters = { simId: '8991101200003204511' };
    expect(readLine('simId', FRENCH, parameters)).toEqual({ fault: 'serial_check_digit' });
    for (const sim_check_digit of ['warn', 'off'] as const) {
      expect(readLine('simId', { country: 'FR', sim_check_digit }, parameters)).toMatchObject({ kind: 'simId' });
    }
  });

  it.each([
    ['missing', 'msisdn', {}, 'number_missing'],
    ['missing', 'simId', {}, 'serial_missing'],
    ['of the other kind', 'simId', { msisdn: '0684587587' }, 'serial_missing'],
    ['of both kinds', 'msisdn', { msisdn: '0684587587', simId: '123456789' }, 'number_missing'],
    ['empty', 'msisdn', { msisdn: '' }, 'number_missing'],
    ['empty', 'simId', { simId: '', msisdn: '' }, 'serial_missing'],
    ['a JSON number', 'msisdn', { msisdn: 684587587 }, 'not_a_number'],
    ['a JSON number', 'simId', { simId: 8991101200003 }, 'serial_not_digits'],
    ['a list', 'msisdn', { msisdn: ['0684587587'] }, 'not_a_number'],
    ['too short', 'msisdn', { msisdn: '06 84 58 75 8' }, 'too_short'],
    ['malformed', 'simId', { simId: '8991101200003204511' }, 'serial_check_digit'],
  ] as const)('is refused when it is %s: %s', (_, kind, parameters, fault) => {
    expect(readLine(kind, FRENCH, parameters)).toEqual({ fault });
  });

  it('that is of another territory is refused with its name', () => {
    expect(readLine('msisdn', FRENCH, { msisdn: '0692123456' })).toEqual({ fault: 'other_country', countries: ['RE'] });
  });

  it('is named by an order of an eSIM only where there is something in it', () => {
    for (const none of [undefined, null, {}, { msisdn: null }, { msisdn: '', simId: '' }, { notify: 'x' }, 'x']) {
      expect(namesLine(none)).toBe(false);
    }
    for (const one of [{ msisdn: '0684587587' }, { simId: '123456789' }, { msisdn: 684587587 }]) {
      expect(namesLine(one)).toBe(true);
    }
  });
});
