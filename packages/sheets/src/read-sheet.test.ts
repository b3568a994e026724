import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readSheet, type Sheet, SheetError, type SheetFault, sheetWords, writeSheet } from './index.ts';

const KNOWN = ['offer_id', 'msisdn', 'sim_id', 'name'];
const slices = (file: Uint8Array, size: number): Uint8Array[] =>
  Array.from({ length: Math.ceil(file.length / size) }, (_, i) => file.subarray(i * size, (i + 1) * size));
const sourceOf =
  (file: Uint8Array, size = 3) =>
  (): AsyncIterable<Uint8Array> =>
    Readable.from(slices(file, size));

type Read = { line: number; isRagged?: true; [column: string]: unknown };
async function rowsOf({ rows }: Sheet): Promise<Read[]> {
  const read: Read[] = [];
  for await (const { line, cells, isRagged } of rows) {
    read.push({ line, ...Object.fromEntries(cells), ...(isRagged && { isRagged }) });
  }
  return read;
}
const read = async (file: string | Uint8Array, most = {}): Promise<{ encoding: unknown; rows: Read[] }> => {
  const sheet = await readSheet(sourceOf(typeof file === 'string' ? Buffer.from(file) : file), KNOWN, most);
  return { encoding: sheet.encoding, rows: await rowsOf(sheet) };
};
const faultOf = async (file: string | Uint8Array, most = {}): Promise<SheetFault> => {
  const error: unknown = await read(file, most).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SheetError)) throw new Error('it was read', { cause: error });
  return error.fault;
};

const TEN = [{ line: 2, offer_id: 'ten', msisdn: '0684587506' }];
const utf16 = (text: string, isBig: boolean): Buffer => {
  const bytes = Buffer.from(text, 'utf16le');
  return isBig ? bytes.swap16() : bytes;
};

describe('a table is read', () => {
  it.each<[string, string | Uint8Array, Read[]]>([
    ['with commas', 'offer_id,msisdn\nten,0684587506\n', TEN],
    ['with semicolons', 'offer_id;msisdn\nten;0684587506\n', TEN],
    ['with tabs', 'offer_id\tmsisdn\nten\t0684587506\n', TEN],
    ['with empty cells between tabs', 'offer_id\tmsisdn\tname\n\t\tx\n', [{ line: 2, name: 'x' }]],
    ['that says its separator', 'sep=;\r\noffer_id;msisdn\r\nten;0684587506\r\n', [{ ...TEN[0], line: 3 }]],
    ['that says another separator', 'sep=|\noffer_id|msisdn\nten|0684587506', [{ ...TEN[0], line: 3 }]],
    ['that says it in quotation marks', '"sep=;"\noffer_id;msisdn\nten;0684587506', [{ ...TEN[0], line: 3 }]],
    ['with a byte order mark', '\ufeffoffer_id,msisdn\nten,0684587506', TEN],
    ['with \\r\\n', 'offer_id,msisdn\r\nten,0684587506\r\n', TEN],
    ['with \\r', 'offer_id,msisdn\rten,0684587506\r', TEN],
    ['in UTF-16', utf16('\ufeffoffer_id\tmsisdn\r\nten\t0684587506\r\n', false), TEN],
    ['in UTF-16 without a mark', utf16('offer_id\tmsisdn\r\nten\t0684587506\r\n', false), TEN],
    ['in big-endian UTF-16', utf16('\ufeffoffer_id\tmsisdn\r\nten\t0684587506\r\n', true), TEN],
    ['in big-endian UTF-16 without a mark', utf16('offer_id,msisdn\nten,0684587506', true), TEN],
    ['with titles in quotation marks', '"offer_id";"msisdn"\n"ten";"0684587506"', TEN],
    [
      'with separators and lines in titles',
      '"a,b,\n,c,d";offer_id;name\n1;ten;x',
      [{ line: 3, 'a,b,\n,c,d': '1', offer_id: 'ten', name: 'x' }],
    ],
    ['with titles in any case', 'OFFER_ID,Msisdn\nten,0684587506', TEN],
    ['with titles as people write them', ' Offer ID ,MSISDN , simId\nten,0684587506,', TEN],
    ['with empty columns and rows at the ends', 'offer_id;msisdn;;\nten;0684587506;;\n;;;\n;;;\n', TEN],
    ['with empty rows at its beginning', '\n\noffer_id,msisdn\n\nten,0684587506', [{ ...TEN[0], line: 5 }]],
    ['with rows that end early', 'offer_id,msisdn,name\nten,0684587506\n', TEN],
    ['with rows that go on', 'offer_id,msisdn\nten,0684587506,x\n', [{ ...TEN[0], line: 2, isRagged: true }]],
    ['with a cell below no title', 'offer_id,,msisdn\nten,x,0684587506\n', [{ ...TEN[0], line: 2, isRagged: true }]],
    ['with numbers kept as text', 'offer_id,msisdn\nten,="0684587506"', TEN],
    ['with numbers kept as text, in quotation marks', 'offer_id,msisdn\nten,"=""0684587506"""', TEN],
    [
      'with guarded cells',
      "offer_id,msisdn\nten,'+33684587506",
      [{ line: 2, offer_id: 'ten', msisdn: '+33684587506' }],
    ],
    ['with blanks around quotation marks', 'offer_id , msisdn\n "ten" , "0684587506" ', TEN],
    [
      'with lines in its cells',
      'name,offer_id\n"a\r\nb\nc\rd",1\nx,2\n"y\r\n",3\nz,4',
      [
        { line: 2, name: 'a\r\nb\nc\rd', offer_id: '1' },
        { line: 6, name: 'x', offer_id: '2' },
        { line: 7, name: 'y\r\n', offer_id: '3' },
        { line: 9, name: 'z', offer_id: '4' },
      ],
    ],
  ])('%s', async (_, file, rows) => {
    expect((await read(file)).rows).toEqual(rows);
  });

  it.each<[string, Uint8Array, string]>([
    ['UTF-8', Buffer.from('name\nété €'), 'utf-8'],
    ['UTF-16', utf16('\ufeffname\nété €', false), 'utf-16le'],
    ['big-endian UTF-16', utf16('\ufeffname\nété €', true), 'utf-16be'],
    ['Windows-1252', Buffer.from([...Buffer.from('name\n\xe9t\xe9 \x80', 'latin1')]), 'windows-1252'],
  ])('in %s, and tells so', async (_, file, encoding) => {
    expect(await read(file)).toEqual({ encoding, rows: [{ line: 2, name: 'été €' }] });
  });

  it('from an Excel workbook as from CSV', async () => {
    const columns = ['Offer ID', 'msisdn', 'name', 'price', 'until', ''].map((title, i) => ({
      title,
      of: (row: (string | number)[]) => row[i],
      ...(title === 'until' && { kind: 'date' as const }),
    }));
    const rows = [
      ['ten', 684587506, '=1+1', 7.92, '2026-12-31T22:59:59Z', ''],
      ['', '', '', '', '', ''],
      ['ten', 89_911_012 * 1e9, 'é\n', 0.1 + 0.2, '2026-12-31T00:00:00Z', ''],
    ];
    expect(await read(await buffer(writeSheet(rows, columns, { form: 'xlsx', name: 'x' })))).toEqual({
      encoding: null,
      rows: [
        { line: 2, offer_id: 'ten', msisdn: '684587506', name: '=1+1', price: '7.92', until: '2026-12-31T22:59:59Z' },
        { line: 4, offer_id: 'ten', msisdn: '8.99E+16', name: 'é\n', price: '0.3', until: '2026-12-31' },
      ],
    });
  });
});

describe('a table is refused', () => {
  it.each<[string, string | Uint8Array, SheetFault]>([
    ['that is empty', '', { kind: 'empty' }],
    ['that is nothing but a mark', '\ufeff', { kind: 'empty' }],
    ['with a quotation mark that is never closed', 'name\na\n"b\nc\n', { kind: 'open_quote', line: 4 }],
    ['with a quotation mark amid a cell', 'name\na\nb "c"\n', { kind: 'bad_quote', line: 3 }],
    ['with something behind a quotation mark', 'name\n"a"b\n', { kind: 'bad_quote', line: 2 }],
    ['with a column twice', 'MSISDN,name,msisdn\n', { kind: 'column_twice', column: 'msisdn' }],
    ['that is a program', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2]), { kind: 'no_text' }],
    ['that is cut amid a letter of UTF-16', utf16('\ufeffname', false).subarray(0, -1), { kind: 'no_text' }],
    ['in the encoding of the Macintosh', Buffer.from('name\ncaf\x8e\n', 'latin1'), { kind: 'unknown_encoding' }],
    ['in an encoding of DOS', Buffer.from('name\nFran\x87ais\n', 'latin1'), { kind: 'unknown_encoding' }],
    ['that is an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), { kind: 'old_workbook' }],
    ['that is an archive of something else', Buffer.from('PK\x03\x04 and more', 'latin1'), { kind: 'bad_workbook' }],
  ])('%s', async (_, file, fault) => {
    expect(await faultOf(file)).toEqual(fault);
    expect(sheetWords(fault, 'fr')).not.toBe(sheetWords(fault, 'en'));
  });

  it('with more rows than may be', async () => {
    expect((await read('name\na\nb\n', { rows: 2 })).rows).toHaveLength(2);
    expect(await faultOf('name\na\nb\nc\n', { rows: 2 })).toEqual({ kind: 'too_many_rows', most: 2 });
  });

  it('that unpacks to more than may be, before it is unpacked, whatever it says', async () => {
    const bomb = (said: number): Buffer => {
      const packed = deflateRawSync(Buffer.alloc(60_000_000));
      const entry = Buffer.alloc(46);
      entry.write('PK\x01\x02', 'latin1');
      entry.writeUInt32LE(packed.length, 20);
      entry.writeUInt32LE(said, 24);
      const end = Buffer.alloc(22);
      end.write('PK\x05\x06', 'latin1');
      end.writeUInt16LE(1, 10);
      end.writeUInt32LE(30 + packed.length, 16);
      const local = Buffer.alloc(30);
      local.write('PK\x03\x04', 'latin1');
      return Buffer.concat([local, packed, entry, end]);
    };
    expect(await faultOf(bomb(60_000_000), { unpacked_mb: 50 })).toEqual({ kind: 'too_large', most_mb: 50 });
    expect(await faultOf(bomb(0), { unpacked_mb: 50 })).toEqual({ kind: 'too_large', most_mb: 50 });
    expect(await faultOf(bomb(1_000), { unpacked_mb: 50 })).toEqual({ kind: 'bad_workbook' });
  });
});
