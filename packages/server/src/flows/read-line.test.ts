import { describe, expect, it } from 'vitest';
import { lineDigits, lineText } from '../domain/line.ts';
import { readLine } from './read-line.ts';

describe('the line of an order', () => {
  it('is a number where the product takes numbers: E.164 is kept, the supplier reads the national digits', () => {
    const parsed = readLine('msisdn', 'FR', { msisdn: '0684587587' });
    expect(parsed).toEqual({ ok: true, line: { kind: 'msisdn', e164: '+33684587587', national: '684587587' } });
    if (parsed.ok) expect([lineText(parsed.line), lineDigits(parsed.line)]).toEqual(['+33684587587', '684587587']);
  });

  it('is a serial where the product takes serials', () => {
    const parsed = readLine('simId', 'FR', { simId: '123 456 789' });
    expect(parsed).toEqual({ ok: true, line: { kind: 'simId', serial: '123456789' } });
    if (parsed.ok) expect([lineText(parsed.line), lineDigits(parsed.line)]).toEqual(['123456789', '123456789']);
  });

  it.each([
    ['missing', 'msisdn', {}],
    ['of the other kind', 'simId', { msisdn: '0684587587' }],
    ['of both kinds', 'msisdn', { msisdn: '0684587587', simId: '123456789' }],
    ['a JSON number', 'msisdn', { msisdn: 684587587 }],
    ['a list', 'msisdn', { msisdn: ['0684587587'] }],
    ['malformed', 'simId', { simId: '8991101200003204511' }],
  ] as const)('is refused when it is %s', (_, kind, parameters) => {
    expect(readLine(kind, 'FR', parameters)).toEqual({ ok: false });
  });
});
