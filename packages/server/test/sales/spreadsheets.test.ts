import { buffer } from 'node:stream/consumers';
import { CSV, type ImportReport, XLSX } from '@opentopup/contract';
import { readSheet, writeSheet } from '@opentopup/sheets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/database/ids.ts';
import { callerWith, distributorClient, operatorOf, type PathCaller, signInClient } from '../support/caller.ts';
import { type RawCaller, rawCallerWith } from '../support/raw-caller.ts';
import { ADMIN_TOKEN } from '../support/secrets.ts';
import { createEmptyPlace, ENGINES, type Place, type RunningServer } from '../support/server.ts';
import { type Shop, setUpShop } from '../support/shop.ts';

const bytes = async (stream: ReadableStream<Uint8Array>): Promise<Buffer> => buffer(stream);

describe.each(ENGINES)('spreadsheets on %s', (engine) => {
  let place: Place;
  let server: RunningServer;
  let operator: PathCaller;
  let wire: RawCaller;
  let shop: Shop;
  let till: PathCaller;

  beforeAll(async () => {
    place = await createEmptyPlace(engine);
    server = await place.start();
    operator = callerWith(server, ADMIN_TOKEN);
    wire = rawCallerWith(server, ADMIN_TOKEN);
    shop = await setUpShop(operator, 'Été; =1+1', 10);
    till = await signInClient(server, shop.client);
  });
  afterAll(() => place.remove());

  const TITLES = ['ID', 'Distributor ID', 'PRODUCT_ID', 'Name', 'resell_value'];
  /** An offer as a row. */
  const offer = (id: string, price: string | number, name = 'Forfait été'): (string | number)[] => [
    id,
    shop.distributor_id,
    shop.product_id,
    name,
    price,
  ];
  const upload = async (file: string | Uint8Array<ArrayBuffer>, type = CSV): Promise<ImportReport> => {
    const { status, body } = await wire.upload('/admin/v1/imports/offers', file, type);
    expect({ status, body }).toMatchObject({ status: 200 });
    return body as ImportReport;
  };
  const made = async (id: string): Promise<unknown> => {
    const { name, resell_value } = (await operator.get(`/admin/v1/offers/${id}`)).body;
    return { name, resell_value };
  };

  it.each<[string, (text: string) => Uint8Array<ArrayBuffer>, ImportReport['encoding'], string]>([
    ['Excel in French', (text) => Buffer.from(text.replaceAll('\t', ';'), 'latin1'), 'windows-1252', '7,92'],
    ['Excel, as Unicode text', (text) => Buffer.from(`\ufeff${text}`, 'utf16le'), 'utf-16le', '7,92'],
    ['Excel, as CSV UTF-8', (text) => Buffer.from(`\ufeff${text.replaceAll('\t', ',')}`), 'utf-8', '7.92'],
    [
      'a program for Excel',
      (text) => Buffer.from(`sep=;\r\n${text.replaceAll('\t', ';')};;;\r\n;;;`),
      'utf-8',
      '="7,92"',
    ],
  ])('are read as %s writes them, and it is told how', async (_, encode, encoding, price) => {
    const id = newId();
    const text = [TITLES, offer(id, price)].map((cells) => cells.join('\t')).join('\r\n');
    expect(await upload(encode(text), 'application/vnd.ms-excel')).toMatchObject({ encoding, created: 1, errors: [] });
    expect(await made(id)).toEqual({ name: 'Forfait été', resell_value: 7.92 });
  });

  it('are read from Excel workbooks', async () => {
    const id = newId();
    const columns = TITLES.map((title, i) => ({ title, of: (row: (string | number)[]) => row[i] }));
    const workbook = await buffer(writeSheet([offer(id, 7.92, '=1+1')], columns, { form: 'xlsx', name: 'offers' }));
    const report = await upload(workbook, XLSX);
    expect(report).toMatchObject({ created: 1, errors: [] });
    expect(report).not.toHaveProperty('encoding');
    expect(await made(id)).toEqual({ name: '=1+1', resell_value: 7.92 });
    // By the client, whatever it is.
    expect(await operatorOf(server, ADMIN_TOKEN).importCsv('offers', workbook)).toMatchObject({ unchanged: 1 });
  });

  it('that Excel has cut numbers in, or in which a number may be two, are refused with words', async () => {
    const rows = [TITLES, offer(newId(), '"1,234"'), offer(newId(), '7.9E+02'), offer(newId(), 7, '3.37E+10')];
    const { errors } = await upload(rows.map((cells) => cells.join(',')).join('\n'));
    expect(errors).toEqual([
      { line: 2, column: 'resell_value', message: '1,234 may be 1234 or 1.234: write one of them' },
      { line: 3, column: 'resell_value', message: expect.stringContaining('Excel has cut off') as string },
      { line: 4, column: 'name', message: expect.stringContaining('(3.37E+10)') as string },
    ]);
  });

  describe('of transactions', () => {
    const LIST = '/distributors/transactions';
    const EXCEL = { accept: CSV, 'accept-language': 'fr' };

    beforeAll(async () => {
      const order = { offer_id: shop.offer_id, parameters: { msisdn: '0684587587' } };
      for (const user_id of ['0012', '=1+1', 'x;=1+1']) await till.post(LIST, { ...order, user_id });
    });

    it('are for programs what they always were', async () => {
      const { body } = await till.get(`${LIST}?user=0012`, { accept: CSV });
      const [head, row] = (body as string).split('\r\n');
      expect(head).toMatch(
        /^id,status,.*,resell_value,.*,user_id,msisdn,simId,reason,customer_message,.*,margin,attempts,reversal_reason,reversal_date,late_delivery_date$/,
      );
      expect(row).toMatch(
        /^[\da-f-]{36},ok,.*,\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ,.*,7\.92,10,EUR,EUR,0012,\+33684587587,,,/,
      );
    });

    it('are for Excel in the separators of its language, with numbers as text', async () => {
      const of = async (headers: Record<string, string>): Promise<string> => {
        const { status, body } = await till.get(`${LIST}?for=excel&user=0012`, headers);
        expect(status).toBe(200);
        return (body as string).split('\r\n')[1] ?? '';
      };
      const cells = ';7,92;10;EUR;EUR;"=""0012""";"=""+33684587587""";;;';
      expect(await of(EXCEL)).toContain(cells);
      expect(await of({ ...EXCEL, 'accept-language': 'en' })).toContain(
        cells.replaceAll(',', '.').replaceAll(';', ','),
      );
      const file = await bytes(await distributorClient(server, shop.client).transactions.csv({ for: 'excel' }));
      expect(file.subarray(0, 6).toString()).toBe('\ufeffid,');
    });

    it('are for Excel workbooks too, for distributors and for the operator', async () => {
      const files = await Promise.all([
        distributorClient(server, shop.client).transactions.xlsx(),
        operatorOf(server, ADMIN_TOKEN).transactions.xlsx({ distributor: shop.distributor_id }),
      ]);
      for (const file of files) {
        const workbook = await bytes(file);
        const { encoding, columns, rows } = await readSheet(async function* () {
          yield workbook;
        }, []);
        expect([encoding, columns.slice(0, 2)]).toEqual([null, ['id', 'status']]);
        const read = [];
        for await (const { cells } of rows)
          read.push(['user_id', 'msisdn', 'resell_value'].map((name) => cells.get(name)));
        expect(read).toEqual(['x;=1+1', '=1+1', '0012'].map((user_id) => [user_id, '+33684587587', '7.92']));
      }
    });

    it('name their type and a file', async () => {
      const { headers } = await till.get(LIST, { accept: XLSX });
      expect(headers.get('content-type')).toBe(XLSX);
      expect(headers.get('content-disposition')).toBe('attachment; filename="transactions.xlsx"');
    });

    it('of which a spreadsheet would run something are guarded, whatever separates cells', async () => {
      const { body } = await till.get(LIST, { accept: CSV });
      expect(body).toContain(",'=1+1,");
      expect(body).toContain(`,"x;'=1+1",`);
    });

    it.each([LIST, '/admin/v1/transactions'])('for Excel are not JSON: %s', async (path) => {
      const { status, body } = await (path === LIST ? till : operator).get(`${path}?for=excel`);
      expect([status, body.reason]).toEqual([400, 'invalid_query_parameter']);
      expect(body.description).toContain('Accept: text/csv');
    });
  });
});
