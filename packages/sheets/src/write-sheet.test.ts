import { buffer } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { streamXlsxRows } from 'hucre/xlsx';
import readExcelFile from 'read-excel-file/node';
import { describe, expect, it, vi } from 'vitest';
import { type SheetColumn, type SheetForm, writeSheet } from './index.ts';

interface Sale {
  date: string;
  price: number;
  line: string | null;
  serial: string;
  reference: string;
}
const COLUMNS: SheetColumn<Sale>[] = [
  { title: 'date', of: ({ date }) => date, kind: 'date' },
  { title: 'price', of: ({ price }) => price },
  { title: 'line', of: ({ line }) => line, kind: 'line' },
  { title: 'serial', of: ({ serial }) => serial },
  { title: 'reference', of: ({ reference }) => reference },
];
const SALE: Sale = {
  date: '2026-11-24T10:12:56Z',
  price: 7.92,
  line: '+33684587587',
  serial: '8991101200003204514',
  reference: 'till 4; "A", 10',
};
const csvOf = async (sale: Partial<Sale>, form: SheetForm): Promise<string> =>
  (await buffer(writeSheet([{ ...SALE, ...sale }], COLUMNS, form))).toString();
const HEAD = 'date,price,line,serial,reference\r\n';

describe('a sheet', () => {
  it('for programs is CSV with the values as they are on the wire', async () => {
    const row = '2026-11-24T10:12:56Z,7.92,+33684587587,8991101200003204514,"till 4; ""A"", 10"\r\n';
    expect(await csvOf({}, { form: 'csv' })).toBe(HEAD + row);
  });

  it('for Excel has its separators, and numbers that are none as text', async () => {
    const english = '2026-11-24 10:12:56,7.92,"=""+33684587587""","=""8991101200003204514""","till 4; ""A"", 10"\r\n';
    expect(await csvOf({}, { form: 'excel', decimal: '.' })).toBe(`\ufeff${HEAD}${english}`);
    const french = english.replaceAll(/,(?=[7"2])/g, ';').replace('7.92', '7,92');
    expect(await csvOf({}, { form: 'excel', decimal: ',' })).toBe(`\ufeff${HEAD.replaceAll(',', ';')}${french}`);
  });

  it.each(['0012', '1E5', '12-3', '1/2', '10:30', '+5', '-12', 'MAR1', '1 Dec 2026', 'sept. 2', 'TRUE', 'faux', '5%'])(
    'for Excel keeps %j as it is written',
    async (reference) => {
      expect(await csvOf({ reference }, { form: 'excel', decimal: '.' })).toContain(`,"=""${reference}"""\r\n`);
    },
  );

  it.each(['=1+1', '+cmd', '-cmd', '@SUM(A1)', '\tx', '\rx', '\nx', '＝1', "'=1"])(
    'guards %j, which would be run',
    async (reference) => {
      const forms: SheetForm[] = [{ form: 'csv' }, { form: 'excel', decimal: '.' }, { form: 'excel', decimal: ',' }];
      for (const form of forms) {
        const written = await csvOf({ reference }, form);
        expect(written.slice(0, -2).replace(/"$/, '').endsWith(`'${reference}`)).toBe(true);
      }
    },
  );

  it.each([
    ['x;=1+1', "x;'=1+1"],
    ['x;"=1+1"', `x;""'=1+1""`],
    ['x\n@y', "x\n'@y"],
  ])('guards %j, of which another separator would make a cell', async (reference, guarded) => {
    expect(await csvOf({ reference }, { form: 'csv' })).toContain(`"${guarded}"\r\n`);
  });

  it('guards also what a comma would begin where cells are separated by semicolons', async () => {
    expect(await csvOf({ reference: 'x,=1' }, { form: 'excel', decimal: ',' })).toContain(`"x,'=1"\r\n`);
    expect(await csvOf({ reference: 'x,=1' }, { form: 'csv' })).toContain('"x,=1"\r\n');
  });
});

describe('an Excel workbook', () => {
  it('has numbers, dates and texts that another program reads as such', async () => {
    const rows = [
      { ...SALE, reference: '=1+1' },
      { ...SALE, line: null, reference: '\u0007 _x000D_ \ud800 é' },
    ];
    const [read] = await readExcelFile(await buffer(writeSheet(rows, COLUMNS, { form: 'xlsx', name: 'sales' })));
    expect(read?.data).toEqual([
      ['date', 'price', 'line', 'serial', 'reference'],
      [new Date('2026-11-24T10:12:56Z'), 7.92, '+33684587587', '8991101200003204514', '=1+1'],
      [new Date('2026-11-24T10:12:56Z'), 7.92, null, '8991101200003204514', expect.stringMatching(/� é$/)],
    ]);
  });

  it('goes on in another sheet where one is full', async () => {
    const count = 1_048_576;
    const numbers = (function* () {
      for (let i = 0; i < count; i++) yield i;
    })();
    const file = await buffer(writeSheet(numbers, [{ title: 'n', of: (n) => n }], { form: 'xlsx', name: 'sales' }));
    const read: unknown[] = [];
    for await (const { values } of streamXlsxRows(file, { sheet: 'sales_2' })) read.push(values);
    expect(read).toEqual([['n'], [count - 1]]);
  });

  it.each<SheetForm>([{ form: 'csv' }, { form: 'xlsx', name: 'sales' }])(
    'and CSV are written as rows are read, hold few of them, and read no more when nobody wants it ($form)',
    async (form) => {
      let read = 0;
      let ended = false;
      const sales = async function* () {
        try {
          for (; ; read++) yield { ...SALE, reference: `${read}-${Math.random()}` };
        } finally {
          ended = true;
        }
      };
      const sheet = writeSheet(sales(), COLUMNS, form);
      let taken = 0;
      for await (const chunk of sheet) {
        taken += (chunk as Buffer).length;
        await setImmediate();
        // Compressed, a sale takes no less than its reference.
        expect(read * 20 - taken).toBeLessThan(500_000);
        if (read > 50_000) break;
      }
      const before = read;
      await setImmediate();
      expect(read - before).toBeLessThan(5_000);
      await vi.waitFor(() => expect(ended).toBe(true), { timeout: 60_000 });
    },
  );

  it('breaks off where its rows do', async () => {
    const failing = async function* () {
      yield SALE;
      throw new Error('no database');
    };
    await expect(buffer(writeSheet(failing(), COLUMNS, { form: 'xlsx', name: 'sales' }))).rejects.toThrow(
      'no database',
    );
  });
});
