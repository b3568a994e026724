import { describe, expect, it } from 'vitest';
import { progressLine, RateMeter } from '../bulk/sell-file.ts';
import { localeOf } from '../locale.ts';
import { paceOf } from '../verbs/stock-pace.ts';
import type { Column } from './column.ts';
import { sparkline } from './sparkline.ts';
import { headLine, layOut, rowLines } from './table.ts';
import { cut, printable, widthOf } from './text.ts';

const en = localeOf('en-GB');

describe('a table', () => {
  interface Row {
    name: string;
    stock: number;
    id: string;
  }
  const columns: Column<Row>[] = [
    { name: 'name', kind: 'text', of: ({ name }) => name },
    { name: 'stock', kind: 'count', of: ({ stock }) => stock },
    { name: 'reference', kind: 'text', of: ({ name }) => name.toLowerCase() },
    { name: 'id', kind: 'id', of: ({ id }) => id },
  ];
  const rows = [
    { name: 'Mobile France 10 EUR, few left', stock: 1_000_000, id: '01a21052-72a8-73fb-9c38-5eb8e060138f' },
  ];

  it.each([200, 100, 80, 40, 25, 12])('stays within a terminal of %i columns', (width) => {
    const layout = layOut(columns, rows, width, en);
    const beside = [
      headLine(layout, en, (text) => text),
      ...rows.map((row) => rowLines(layout, row, en, (text) => text)[0]),
    ];
    for (const line of beside) expect(widthOf(line ?? '')).toBeLessThanOrEqual(width);
  });

  it('cuts no text beyond recognition for the sake of other columns: those go below, with their titles', () => {
    const [row] = rows;
    if (!row) throw new Error();
    const lines = rowLines(layOut(columns, rows, 40, en), row, en, (text) => text);
    expect(lines[0]).toMatch(/^Mobile France 10 EUR, \S+… +1,000,000$/);
    expect(lines[1]).toBe('  Reference mobile france 10 eur, few left');
  });

  it('loses no id, however narrow it is: ids go below', () => {
    const [row] = rows;
    if (!row) throw new Error();
    expect(rowLines(layOut(columns, rows, 40, en), row, en, (text) => text).join('\n')).toContain(row.id);
  });
});

describe('a text', () => {
  it('is measured and cut as it is seen', () => {
    expect(widthOf('日本')).toBe(4);
    expect(widthOf(cut('日本語日本語', 5))).toBeLessThanOrEqual(5);
    expect(cut('short', 5)).toBe('short');
  });

  it('of somebody else cannot move the cursor', () => {
    expect(printable('a\u001b[2Jb\tc\u202ed')).toBe('a [2Jb c d');
  });
});

describe('the pace of an offer', () => {
  it('is that of the last seven days, today as far as it has come', () => {
    const sold = [50, 50, 50, 50, 50, 50, 50, 10, 10, 10, 10, 10, 10, 5];
    expect(paceOf(sold, 130, 0.5)).toEqual({ sold, per_day: 10, days_left: 13 });
    expect(paceOf([0, 0], 5, 0.5)).toMatchObject({ per_day: 0, days_left: null });
  });

  it('is drawn day by day', () => {
    expect(sparkline([0, 1, 4, 8])).toBe(' ▁▄█');
    expect(sparkline([0, 0])).toBe('  ');
  });
});

describe('the progress of a bulk sale', () => {
  const counts = { new: 60, sending: 0, ok: 38, refused: 2, pending: 0 };

  it('tells how far it is, how fast, and how long it will take, as far as there is room', () => {
    const standing = { counts, perSecond: 2, waitingFor: null };
    expect(progressLine(standing, en, 100)).toMatch(/^━{12}─{18} {2}40 % · 40\/100 · 2\/s · 30s left · 2 refused$/);
    for (const width of [60, 40, 20]) expect(progressLine(standing, en, width).length).toBeLessThanOrEqual(width);
  });

  it('has the rate of the last seconds', () => {
    const pace = new RateMeter();
    for (let second = 0; second <= 60; second++) pace.note(second < 30 ? second * 100 : 3_000 + second, second * 1_000);
    expect(pace.perSecond).toBe(1);
  });
});

describe('a locale', () => {
  it('decides how numbers, money and spans are written', () => {
    const fr = localeOf('fr-FR');
    expect(en.number(50_000)).toBe('50,000');
    expect(fr.money(7.92, 'EUR')).toMatch(/^7,92\s€$/);
    expect(en.money(1, 'points')).toBe('1 points');
    expect(en.duration(3_700)).toBe('1h 1m');
    expect(en.duration(0.2)).toBe('0s');
  });
});
