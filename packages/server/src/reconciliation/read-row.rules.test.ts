import type { BooksMapping } from '@opentopup/contract';
import { describe, expect, it } from 'vitest';
import { readBooksRow } from './read-row.rules.ts';
import { readWallTime } from './wall-time.rules.ts';

describe('a time in a file', () => {
  it.each([
    ['24/11/2026 11:12', 'dmy', 'Europe/Paris', '2026-11-24T10:12:00.000Z'],
    ['24.11.2026 11:12:13', 'dmy', 'UTC', '2026-11-24T11:12:13.000Z'],
    ['11/24/2026 11:12', 'mdy', 'America/New_York', '2026-11-24T16:12:00.000Z'],
    ['2026-07-01T11:12:00', 'dmy', 'Europe/Paris', '2026-07-01T09:12:00.000Z'],
    ['2026-11-24T11:12:00+05:30', 'ymd', 'Europe/Paris', '2026-11-24T05:42:00.000Z'],
    ['2026-11-24 11:12:00.123Z', 'ymd', 'Europe/Paris', '2026-11-24T11:12:00.000Z'],
    ['2026-11-24', 'ymd', 'UTC', '2026-11-24T12:00:00.000Z'],
    ['2026-03-29 01:59', 'ymd', 'Europe/Paris', '2026-03-29T00:59:00.000Z'],
    ['2026-03-29 03:00', 'ymd', 'Europe/Paris', '2026-03-29T01:00:00.000Z'],
  ] as const)('%s, written %s in %s, is %s', (text, order, zone, at) => {
    expect(readWallTime(text, order, zone, false)?.toISOString()).toBe(at);
  });

  it.each([
    '',
    'today',
    '31/02/2026',
    '13/13/2026',
    '24/11/2026 24:00',
    '24/11/2026 10:00:61',
    '24/11/26 11:12',
    '1/1/0001',
  ])('%j is none', (text) => {
    expect(readWallTime(text, 'dmy', 'UTC', false)).toBeNull();
  });

  it('of a workbook has no zone, though it is given one', () => {
    expect(readWallTime('2026-11-24T11:12:00Z', 'ymd', 'Europe/Paris', true)?.toISOString()).toBe(
      '2026-11-24T10:12:00.000Z',
    );
  });

  it('of a workbook has the zone that its text says by an offset', () => {
    expect(readWallTime('2026-11-24 11:12 +05:30', 'ymd', 'Europe/Paris', true)?.toISOString()).toBe(
      '2026-11-24T05:42:00.000Z',
    );
  });
});

describe('a row of a file', () => {
  const mapping: BooksMapping = { columns: { time: 'at', supplier_reference: 'ref', cost: 'price' }, currency: 'EUR' };
  const read = (price: string, decimal: '.' | ',', ref = '7', isWorkbook = false) => {
    const cells = new Map([
      ['at', '2026-11-24 11:12'],
      ['ref', ref],
      ['price', price],
    ]);
    const row = { line: 2, cells, isRagged: false };
    const found = readBooksRow(row, { mapping: { ...mapping, decimal }, timeZone: 'UTC', isWorkbook });
    return Array.isArray(found) ? found.map(({ message }) => message) : found.cost;
  };

  it.each([
    ['1234.5', '.', 1234.5],
    ['1,234.5', '.', 1234.5],
    ['1.234,5', ',', 1234.5],
    ['1 234,5', ',', 1234.5],
    ['-7,92', ',', -7.92],
  ] as const)('has in %s with %s before decimals the amount %d', (price, decimal, amount) => {
    expect(read(price, decimal)).toBe(amount);
  });

  it.each([
    ['1.8,6', ','],
    ['7,92', '.'],
    ['7.92 EUR', '.'],
    ['1e3', '.'],
  ] as const)('has in %s with %s before decimals no amount', (price, decimal) => {
    expect(read(price, decimal)).toEqual([`${price} is no amount`]);
  });

  it('of a workbook has numbers with a point, whatever stands before decimals in its texts', () => {
    expect(read('7.125', ',', '7', true)).toBe(7.125);
    expect(read('7,125', ',', '7', true)).toBe(7.125);
    expect(read('7.125', ',')).toBe(7_125);
  });

  it.each([
    ['a'.repeat(256), '255 characters at most'],
    ['S-1\nS-2', 'plain text is needed'],
    ['S\u0000', 'plain text is needed'],
    ['S\ud800', 'plain text is needed'],
    ['8.99E+16', '8.99E+16 has lost its digits: the column has to be text'],
    ['8,99E+16', '8,99E+16 has lost its digits: the column has to be text'],
  ])('is told where a reference cannot be kept as it is', (ref, message) => {
    expect(read('7', '.', ref)).toEqual([message]);
  });
});
