import { createReadStream, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { TravelB2B } from '@opentopup/client';
import { readSheet, writeSheet } from '@opentopup/sheets';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { allOf } from './support/all-of.ts';
import { CommandLine, environment, type Running } from './support/command-line.ts';
import { type FaultProxy, type NetworkFault, startFaultProxy } from './support/fault-proxy.ts';
import { OperatorServer } from './support/operator-server.ts';
import { type DemoProgram, startDemoProgram } from './support/program.ts';

const KILLS = process.env['LONG'] ? 10 : 3;
/** Twelve processes start one after the other: on a busy machine that takes its time. */
const PATIENCE_MS = 600_000;
const WAIT = { timeout: 60_000, interval: 5 };
const SALE = ['POST', '/distributors/transactions'] as const;

/** A server behind a proxy, somebody who sells there, and what was really sold. */
interface Place {
  shop: CommandLine;
  proxy: FaultProxy;
  offer: string;
  /** How many orders were sold; asked again and again, so it has to be quick. */
  count: () => Promise<number>;
  /** How often each order was sold, by its reference. */
  sold: () => Promise<Map<string, number>>;
}

let operator: OperatorServer;
let program: DemoProgram;
const places: { operator?: Place; opentopup?: Place } = {};
const at = (name: 'operator' | 'opentopup'): Place => {
  const found = places[name];
  if (!found) throw new Error(name);
  return found;
};

function tally(references: Iterable<string | undefined>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const each of references) if (each !== undefined) counts.set(each, (counts.get(each) ?? 0) + 1);
  return counts;
}

beforeAll(async () => {
  [operator, program] = await Promise.all([new OperatorServer().start(), startDemoProgram()]);
  operator.tokens.limit = Number.POSITIVE_INFINITY;
  const direct = new TravelB2B({ baseUrl: program.baseUrl, ...program.shop });
  const [before, behind] = await Promise.all([startFaultProxy(operator.origin), startFaultProxy(program.baseUrl)]);
  places.operator = {
    proxy: before,
    shop: await CommandLine.create(environment(`${before.url}/travel-b2b/v1`, operator)),
    offer: operator.offers[0]?.id ?? '',
    count: async () => operator.transactions.length,
    sold: async () => tally(operator.transactions.map(({ user_id }) => user_id)),
  };
  places.opentopup = {
    proxy: behind,
    shop: await CommandLine.create({
      ...environment(behind.url, program.shop),
      OPENTOPUP_ADMIN_TOKEN: program.adminToken,
    }),
    offer: program.offer('msisdn'),
    count: () => direct.transactions.count({ status: 'ok' }),
    sold: async () => {
      const all = await allOf(direct.transactions.list({ status: 'ok' }));
      return tally(all.map(({ user_id }) => user_id));
    },
  };
});
afterEach(() => {
  places.operator?.proxy.heal();
  places.opentopup?.proxy.heal();
});
afterAll(async () => {
  const all = Object.values(places);
  await Promise.all(all.flatMap(({ proxy, shop }) => [proxy.stop(), shop.remove()]));
  await Promise.all([operator.stop(), program.stop()]);
});

/** Numbers that the simulator recharges; each file has its own. */
let files = 0;
interface File {
  path: string;
  results: string;
  register: string;
  references: string[];
}
function fileOf({ shop, offer }: Place, lines: number, of = offer): File {
  files += 1;
  const name = `file-${files}`;
  const path = shop.file(`${name}.csv`);
  const references = Array.from({ length: lines }, (_, i) => `${name}/${i}`);
  const rows = references.map((each, i) => `${of},0684${500 + files}${100 + i},${each}`);
  writeFileSync(path, ['offer_id,msisdn,reference', ...rows, ''].join('\n'));
  return { path, references, results: shop.file(`${name}.results.csv`), register: `${path}.opentopup` };
}

/** The statuses in a file of results, and how often each is there. */
const statuses = ({ results }: File): Record<string, number> => {
  const [, ...rows] = readFileSync(results, 'utf8').trimEnd().split('\n');
  return Object.fromEntries(tally(rows.map((row) => row.split(',')[5])));
};

async function expectSoldOnce(place: Place, { references }: File): Promise<void> {
  const sold = await place.sold();
  expect(references.map((each) => [each, sold.get(each)])).toEqual(references.map((each) => [each, 1]));
}

/** Ends a command at once, when this many more were sold. */
async function killAfter({ child, ended }: Running, more: number, count: () => Promise<number>): Promise<void> {
  const before = await count();
  await vi.waitFor(async () => expect(await count()).toBeGreaterThanOrEqual(before + more), WAIT);
  child.kill('SIGKILL');
  await ended;
}

describe.each(['opentopup', 'operator'] as const)('a file that is sold over %s', (name) => {
  it(
    `and whose sale is killed ${KILLS} times at any line is sold to the end, each line once`,
    async () => {
      const place = at(name);
      const { shop, count } = place;
      const file = fileOf(place, 200);
      const args = ['bulk', file.path, '--yes', '--in-flight', '1'];
      for (let kill = 0; kill < KILLS; kill++) {
        // The register may be lost too: then what was sold is found at the server.
        if (kill === Math.floor(KILLS / 2)) rmSync(file.register);
        await killAfter(shop.start(...args), 1 + Math.floor(Math.random() * 15), count);
      }
      const { exit, stdout } = await shop.run(...args);
      expect({ exit, stdout }).toMatchObject({ exit: 0, stdout: expect.stringContaining('200 sold') as string });
      await expectSoldOnce(place, file);
      expect(statuses(file)).toEqual({ ok: 200 });

      // Once more: nothing is left to do.
      expect(await shop.run(...args)).toMatchObject({ exit: 0 });
      await expectSoldOnce(place, file);
    },
    PATIENCE_MS,
  );

  it('is sold once, each line, over a network that cuts before, in and after the orders', {
    tags: 'long',
  }, async () => {
    const place = at(name);
    const file = fileOf(place, 40);
    const faults: NetworkFault[] = [
      { kind: 'cut', passOn: false },
      { kind: 'cut', passOn: true },
      { kind: 'cut_amid' },
      { kind: 'garbage', passOn: true },
      { kind: 'answer', passOn: true, status: 503 },
      { kind: 'answer', passOn: false, status: 502, body: '<html>' },
    ];
    place.proxy.fail(...SALE, ...faults, ...faults);
    const { exit, stdout } = await place.shop.run('bulk', file.path, '--yes', '--in-flight', '1');
    expect({ exit, stdout }).toMatchObject({ exit: 0, stdout: expect.stringContaining('40 sold') as string });
    await expectSoldOnce(place, file);
  });

  it('waits where the network is gone in the middle, and goes on when it is back', { tags: 'long' }, async () => {
    const place = at(name);
    const { proxy, shop, sold } = place;
    const file = fileOf(place, 60);
    const running = shop.start('bulk', file.path, '--yes', '--in-flight', '1', '--concurrency', '2');
    const started = async (): Promise<boolean> => (await sold()).has(file.references[4] ?? '');
    await vi.waitFor(async () => expect(await started()).toBe(true), WAIT);
    await proxy.refuse();
    await new Promise((resolve) => setTimeout(resolve, 500));
    await proxy.accept();
    expect(await running.ended).toMatchObject({ exit: 0 });
    await expectSoldOnce(place, file);
  });
});

describe('bulk', () => {
  it('sells once what is killed with its order under way, after a wait for stock, and is run again at once', async () => {
    const place = at('operator');
    const soldOut = operator.offers.find(({ name }) => name === 'Sold out') ?? expect.fail('no such offer');
    soldOut.bucket = 0;
    const file = fileOf(place, 1, soldOut.id);
    const args = ['bulk', file.path, '--yes', '--wait-stock', '--in-flight', '3'];
    const orders = (): number => operator.log.filter((each) => /^POST .*\/transactions$/.test(each)).length;
    const before = orders();
    const running = place.shop.start(...args);
    await vi.waitFor(() => expect(orders()).toBe(before + 1), WAIT);
    place.proxy.fail(...SALE, { kind: 'delay', ms: 2_000 });
    soldOut.bucket = 5;
    await vi.waitFor(() => expect(place.proxy.heldBack()).toBe(1), WAIT);
    running.child.kill('SIGKILL');
    await running.ended;
    expect(await place.shop.run(...args)).toMatchObject({ exit: 0 });
    await vi.waitFor(() => expect(place.proxy.heldBack()).toBe(0), WAIT);
    await expectSoldOnce(place, file);
  });

  it('stops in order at Ctrl+C, says so, and goes on when it is run again', { tags: 'long' }, async () => {
    const place = at('opentopup');
    const { shop, sold } = place;
    const file = fileOf(place, 200);
    const running = shop.start('bulk', file.path, '--yes');
    await vi.waitFor(async () => expect((await sold()).has(file.references[20] ?? '')).toBe(true), WAIT);
    running.child.kill('SIGINT');
    const { exit, stderr } = await running.ended;
    expect({ exit, stderr }).toMatchObject({ exit: 130, stderr: expect.stringContaining('Interrupted.') as string });
    const { ok = 0, not_sent = 0, ...others } = statuses(file);
    expect({ all: ok + not_sent, others }).toEqual({ all: 200, others: {} });
    expect(not_sent).toBeGreaterThan(0);

    expect(await shop.run('bulk', file.path, '--yes')).toMatchObject({ exit: 0 });
    await expectSoldOnce(place, file);
  });

  it('stops where an offer is sold out, and sells the rest when there are units again', { tags: 'long' }, async () => {
    const place = at('opentopup');
    const { shop } = place;
    const small = program.offer('small');
    const file = fileOf(place, 110, small);
    const first = await shop.json('bulk', file.path, '--yes');
    expect(first).toMatchObject({ exit: 3, values: [{ lines: 110, ok: 100, not_sent: 10, stopped: 'empty' }] });
    expect(statuses(file)).toEqual({ ok: 100, not_sent: 10 });

    // With --wait-stock it waits instead.
    const waiting = shop.start('bulk', file.path, '--yes', '--wait-stock');
    const granted = await shop.run(
      'grant',
      small,
      '--units',
      '10',
      '--reference',
      'PO-1',
      '--justification',
      'More are needed',
    );
    expect(granted).toMatchObject({ exit: 0 });
    expect(await waiting.ended).toMatchObject({ exit: 0 });
    await expectSoldOnce(place, file);
  });

  it('tells every bad line before anything is sold, and sells nothing', async () => {
    const { shop, offer } = at('opentopup');
    const path = shop.file('bad.csv');
    const rows = [
      `${offer};0684587587;;a`,
      ';0684587587;;b',
      'no-offer;0684587587;;c',
      `${offer};6,84588E+08;;d`,
      `${offer};;;e`,
      `${offer};0684587587;8991101200003204514;f`,
      `${offer};0684587588;;a`,
      `${offer};0684587588;;with blank`,
      `${program.offer('esim')};0684587588;;g`,
      `${program.offer('expired')};0684587588;;h`,
      // A number of Spain, one that is no mobile's, one too short, words; a number for a SIM, and a SIM for a number.
      `${offer};+34612345678;;i`,
      `${offer};0145678901;;j`,
      `${offer};06845875;;k`,
      `${offer};none;;l`,
      `${program.offer('simId')};0684587588;;m`,
      `${offer};;8991101200003204514;n`,
      `${program.offer('simId')};;12;o`,
      `${offer};0684587588;;3.37E+10`,
    ];
    // As a spreadsheet writes it: semicolons, a byte order mark, carriage returns.
    writeFileSync(path, `\uFEFF${['OFFER_ID;msisdn;sim_id;reference', ...rows, ''].join('\r\n')}`);
    const faults = [
      'no_offer',
      'unknown_offer',
      'rounded',
      'no_line',
      'two_lines',
      'repeated_reference',
      'bad_reference',
      'esim_offer',
      'expired_offer',
      'other_country',
      'not_mobile',
      'too_short',
      'bad_msisdn',
      'needs_sim_id',
      'needs_msisdn',
      'bad_sim_id',
      'rounded',
    ];
    for (const flag of ['--dry-run', '--yes']) {
      const { exit, values } = await shop.json('bulk', path, flag);
      const told = values[0]?.['bad_lines'] as { line: number; fault: string; other?: number }[];
      expect({ exit, bad: values[0]?.['bad'], told: told.map(({ fault }) => fault) }).toEqual({
        exit: 2,
        bad: 17,
        told: faults,
      });
      expect(told.map(({ line }) => line)).toEqual(told.map((_, i) => i + 3));
      expect(told[5]?.other).toBe(2);
    }
    expect((await at('opentopup').sold()).has('a')).toBe(false);
    expect(existsSync(`${path}.opentopup`)).toBe(false);
  });

  it('takes offers by their names, from an Excel workbook, and says which lines are there twice', {
    tags: 'long',
  }, async () => {
    const { shop, sold } = at('opentopup');
    const [named] = (await shop.json('offers')).values.filter(({ id }) => id === program.offer('msisdn'));
    const name = String(named?.['name']).toUpperCase();
    const rows = [
      [name, '0684587701', 'named/1'],
      [program.offer('msisdn'), '+33 6 84 58 77 02', 'named/2'],
      [name, 33684587701, 'named/3'],
      ['', '', ''],
      [name, '\u202a0684\u2011587\u2011703\u202c', 'named/4'],
    ];
    const columns = ['Offer', 'MSISDN', 'Reference'].map((title, i) => ({
      title,
      of: (row: (string | number)[]) => row[i],
    }));
    const path = shop.file('named.xlsx');
    writeFileSync(path, await buffer(writeSheet(rows, columns, { form: 'xlsx', name: 'customers' })));
    expect((await shop.json('bulk', path, '--dry-run')).values).toMatchObject([
      { encoding: null, lines: 4, bad: 0, repeats: 1, repeated_lines: [{ line: 4, other: 2 }] },
    ]);
    const { stderr } = await shop.run('bulk', path, '--dry-run');
    expect(stderr).toContain('line 4: the same as line 2');

    expect(await shop.run('bulk', path, '--yes', '--xlsx')).toMatchObject({ exit: 0 });
    const all = await sold();
    expect([1, 2, 3, 4].map((i) => all.get(`named/${i}`))).toEqual([1, 1, 1, 1]);
    const { rows: results } = await readSheet(() => createReadStream(shop.file('named.results.xlsx')), []);
    const read = [];
    for await (const { cells } of results) read.push(['line', 'msisdn', 'status'].map((title) => cells.get(title)));
    expect(read).toEqual([
      ['2', '0684587701', 'ok'],
      ['3', '+33 6 84 58 77 02', 'ok'],
      ['4', '33684587701', 'ok'],
      ['6', '+33684587703', 'ok'],
    ]);
  });

  it('reads what Excel writes, in whatever encoding, and says where it had to guess', { tags: 'long' }, async () => {
    const { shop, offer } = at('opentopup');
    const text = `Offer_ID;MSISDN;Comment\r\n${offer};="0684587711";été\r\n;;\r\n`;
    const path = shop.file('excel.csv');
    writeFileSync(path, text, 'latin1');
    const guessed = await shop.run('bulk', path, '--dry-run');
    expect(guessed).toMatchObject({ exit: 0, stdout: expect.stringContaining('1 lines, 0 of them bad') as string });
    expect(guessed.stderr).toContain('Windows-1252');
    writeFileSync(path, `\ufeff${text.replaceAll(';', '\t')}`, 'utf16le');
    const known = await shop.run('bulk', path, '--dry-run');
    expect(known).toMatchObject({ exit: 0, stdout: expect.stringContaining('1 lines, 0 of them bad') as string });
    expect(known.stderr).not.toContain('Windows');

    writeFileSync(path, text);
    expect(await shop.run('bulk', path, '--yes', '--for', 'excel')).toMatchObject({ exit: 0 });
    const results = readFileSync(shop.file('excel.results.csv'), 'utf8');
    expect(results).toMatch(/^\ufeffline,reference,/);
    expect(results).toContain(',"=""0684587711""",,ok,');
  });

  it.each([
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /\.xls\), or one with a password/],
    ['a program', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]), /neither text nor an Excel workbook/],
    ['a quotation mark that is not closed', Buffer.from('offer,msisdn\n"a,b\n'), /never closed/],
    ['no such columns', Buffer.from('offer,name\na,b\n'), /columns offer \(or offer_id\), and msisdn or sim_id/],
  ])('refuses %s with words', { tags: 'long' }, async (_, file, words) => {
    const { shop } = at('opentopup');
    const path = shop.file('refused.csv');
    writeFileSync(path, file);
    const { exit, stderr } = await shop.run('bulk', path, '--dry-run');
    expect({ exit, stderr }).toEqual({ exit: 2, stderr: expect.stringMatching(words) as string });
  });

  it('sells nothing before somebody has agreed', { tags: 'long' }, async () => {
    const place = at('opentopup');
    const file = fileOf(place, 3);
    const { exit, stdout, stderr } = await place.shop.run('bulk', file.path);
    expect({ exit, stderr }).toMatchObject({ exit: 2, stderr: expect.stringContaining('--yes') as string });
    expect(stdout).toContain('3 lines, 0 of them bad');
    expect(await place.shop.run('bulk', file.path, '--dry-run')).toMatchObject({ exit: 0 });
    const sold = await place.sold();
    expect(file.references.filter((each) => sold.has(each))).toEqual([]);
  });

  it('goes on with its own file only, and is not run twice at once', { tags: 'long' }, async () => {
    const place = at('opentopup');
    const { shop } = place;
    const file = fileOf(place, 200);
    const running = shop.start('bulk', file.path, '--yes', '--concurrency', '2');
    await vi.waitFor(async () => expect((await place.sold()).has(file.references[5] ?? '')).toBe(true), WAIT);
    const second = await shop.run('bulk', file.path, '--yes');
    expect(second).toMatchObject({ exit: 2, stderr: expect.stringContaining('Another process') as string });
    running.child.kill('SIGINT');
    await running.ended;
    writeFileSync(file.path, `${readFileSync(file.path, 'utf8')}${place.offer},0684587599,another\n`);
    const third = await shop.run('bulk', file.path, '--yes');
    expect(third).toMatchObject({ exit: 2, stderr: expect.stringContaining('is not what it was') as string });
  });

  it('keeps what it knows of customers for the owner of the file', { tags: 'long' }, async () => {
    const place = at('opentopup');
    const file = fileOf(place, 2);
    expect(await place.shop.run('bulk', file.path, '--yes')).toMatchObject({ exit: 0 });
    for (const path of [file.register, file.results]) expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('says what was refused and what is pending, and asks about the pending ones when it is run again', async () => {
    const { shop, offer } = at('opentopup');
    const path = shop.file('outcomes.csv');
    // What the endings mean stands in docs/reference/simulator.md: barred, no proof, delivered by a callback.
    const rows = ['0684587003', '0684587010', '0684587020'].map((number) => `${offer},${number}`);
    writeFileSync(path, ['offer_id,msisdn', ...rows, ''].join('\n'));
    const first = await shop.json('bulk', path, '--yes');
    expect(first).toMatchObject({ exit: 4, values: [{ ok: 1, refused: 1, pending: 1, unknown: 0, not_sent: 0 }] });
    await vi.waitFor(
      async () => {
        const again = await shop.json('bulk', path, '--yes');
        expect(again).toMatchObject({ exit: 3, values: [{ ok: 2, refused: 1, pending: 0 }] });
      },
      { timeout: 60_000, interval: 500 },
    );
  });
});
