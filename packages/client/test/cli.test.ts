import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DistributorSettings } from '@opentopup/contract';
import { readSheet } from '@opentopup/sheets';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { EXIT } from '../src/cli/exit-codes.ts';
import { Operator, TravelB2B } from '../src/index.ts';
import { CommandLine, environment } from './support/command-line.ts';
import { OperatorServer } from './support/operator-server.ts';
import { type DemoProgram, startDemoProgram } from './support/program.ts';

const NUMBER = '0684587587';
const WAIT = { timeout: 60_000, interval: 50 };

let program: DemoProgram;
/** Knows nobody yet. */
let nobody: CommandLine;
let shop: CommandLine;
let operator: CommandLine;

beforeAll(async () => {
  program = await startDemoProgram({ WEBHOOK_ALLOW: '127.0.0.1' });
  nobody = await CommandLine.create();
  shop = nobody.with(environment(program.baseUrl, program.shop));
  operator = nobody.with({ OPENTOPUP_URL: program.baseUrl, OPENTOPUP_ADMIN_TOKEN: program.adminToken });
});
afterAll(async () => {
  await program.stop();
  await nobody.remove();
});

const has = (text: string): string => expect.stringContaining(text) as string;
/** The first thing that was said as JSON. */
const first = async (by: CommandLine, ...args: string[]): Promise<Record<string, unknown>> => {
  const { exit, values } = await by.json(...args);
  expect({ args, exit, error: values[0]?.['error'] }).toEqual({ args, exit: 0, error: undefined });
  return values[0] ?? {};
};

describe('the exit code', () => {
  it('tells how a command has ended', async () => {
    const sell = (by: CommandLine, msisdn: string, offer = program.offer('msisdn')): ReturnType<CommandLine['run']> =>
      by.run('sell', '--offer', offer, '--msisdn', msisdn);
    const ended = await Promise.all([
      sell(shop, NUMBER),
      nobody.run('offers'),
      shop.run('sell', '--offer', 'x'),
      shop.run('transactions', '--status', 'lost'),
      shop.run('offer', 'list'),
      shop.run(),
      sell(shop, '0684587001'),
      sell(shop, NUMBER, program.offer('empty')),
      shop.run('transaction', '--reference', 'never-ordered'),
      sell(shop, '0684587009'),
      sell(shop.with({ OPENTOPUP_URL: 'http://127.0.0.1:2' }), NUMBER),
      sell(shop.with({ OPENTOPUP_CLIENT_SECRET: 'wrong' }), NUMBER),
      operator.with({ OPENTOPUP_ADMIN_TOKEN: 'wrong-but-long-enough' }).run('distributor', 'list'),
    ]);
    const { ok, usage, refused, pending, unreachable, denied } = EXIT;
    expect(ended.map(({ exit }) => exit)).toEqual([
      ok,
      usage,
      usage,
      usage,
      usage,
      usage,
      refused,
      refused,
      refused,
      pending,
      unreachable,
      denied,
      denied,
    ]);
  });
});

describe('what is said', () => {
  it('is values and tabs through a pipe, and JSON where that is wanted, also of what goes wrong', {
    tags: 'long',
  }, async () => {
    const { stdout } = await shop.run('offers');
    const rows = stdout.trimEnd().split('\n');
    expect(rows.map((row) => row.split('\t').length)).toEqual(rows.map(() => 6));
    const { values } = await shop.json('offers');
    expect(values.map(({ name }) => name)).toEqual(rows.map((row) => row.split('\t')[0]));
    const refused = await shop.json('sell', '--offer', program.offer('msisdn'), '--msisdn', '0684587002');
    expect(refused).toMatchObject({ exit: 3, values: [{ status: 'refused', reason: 'line_barred' }] });
    for (const args of [['offers'], ['offer', 'list', '--no-such'], ['sell'], ['transactions', '--limit', 'x']]) {
      expect(await nobody.json(...args)).toMatchObject({
        exit: 2,
        values: [{ error: { name: 'Misuse', exit_code: 2 } }],
      });
    }
    const lost = await shop.with({ OPENTOPUP_URL: 'http://127.0.0.1:2' }).json('offers');
    expect(lost).toMatchObject({ exit: 5, values: [{ error: { name: 'ConnectionError', exit_code: 5 } }] });
  });

  it('has no colours through a pipe', { tags: 'long' }, async () => {
    for (const args of [['offers'], ['--help'], ['sell', '--offer', 'x']]) {
      const { stdout, stderr } = await shop.run(...args);
      expect(stdout + stderr).not.toContain('\u001b');
    }
  });

  it('is French in a French environment', { tags: 'long' }, async () => {
    const french = shop.with({ LANG: 'fr_FR.UTF-8' });
    expect((await french.run('--help')).stdout).toContain('Pour les distributeurs :');
    expect(await french.run('offre')).toMatchObject({ exit: 2, stderr: has("La commande offre n'existe pas") });
    const { values } = await french.json('sell', '--offer', program.offer('empty'), '--msisdn', NUMBER);
    expect(values[0]).toMatchObject({ customer_message: has('épuisé') });
    const failures = await Promise.all([
      french.run('offers', '--url', 'http://127.0.0.1:1'),
      french.run('transaction', '01890000-0000-7000-8000-000000000000'),
      french.run('webhooks', 'add', 'http://10.0.0.1/'),
      french.run('alerts', 'change', '01890000-0000-7000-8000-000000000000', '--units', '5'),
      french.run('keys', 'set', french.file('nothing.pem')),
    ]);
    for (const { exit, stderr } of failures) {
      expect(exit).toBeGreaterThan(0);
      expect(stderr).not.toMatch(/(?<![\p{L}_])(the|is|not|could|found|parameter|such|invalid)(?![\p{L}_])/u);
    }
    expect(failures[1]?.stderr).toContain('Introuvable. (not_found)');
  });

  it('says what can be done where nothing is set, somebody is of the other world, or nothing is left', {
    tags: 'long',
  }, async () => {
    const [provider, key, sale, agent, other] = await Promise.all([
      shop.run('sign-on', 'show'),
      shop.run('keys', 'show'),
      shop.run('sell', '--offer', program.offer('empty'), '--msisdn', NUMBER),
      shop.run(
        'agents',
        'create',
        'A',
        '--offers',
        program.offer('msisdn'),
        '--amount-per-day',
        '9',
        '--currency',
        'EUR',
      ),
      shop.with({ OPENTOPUP_URL: `${program.baseUrl}/travel-b2b-sandbox/v1` }).run('offers'),
    ]);
    expect(provider).toMatchObject({ exit: 3, stderr: has('No provider is set') });
    expect(key).toMatchObject({ exit: 3, stderr: has('opentopup keys create') });
    expect(sale).toMatchObject({ exit: 3, stderr: has('--park-until') });
    expect(agent).toMatchObject({ exit: 3, stderr: has('this client has no sandbox world') });
    expect(other).toMatchObject({ exit: 6, stderr: has('this token is for live: use it below /travel-b2b/v1') });
    const words = ['--amount-per-day', '9', '--currency', 'EUR', '--live'];
    const made = await first(shop, 'agents', 'create', 'B', '--offers', program.offer('msisdn'), ...words);
    const revoked = await shop.run('agents', 'revoke', String(made['client_id']));
    expect(revoked).toMatchObject({ exit: 0, stderr: has(`${String(made['client_id'])} is revoked`) });
  });

  it('helps with words that are nearly right', { tags: 'long' }, async () => {
    expect(await shop.run('transactoins')).toMatchObject({ exit: 2, stderr: has('Did you mean transactions?') });
    expect(await shop.run('offers', '--jsno')).toMatchObject({ exit: 2, stderr: has('Did you mean --json?') });
  });

  it('says with --verbose what is asked, and never whose number it is about', { tags: 'long' }, async () => {
    const { stderr } = await shop.run('sell', '--verbose', '--offer', program.offer('msisdn'), '--msisdn', NUMBER);
    expect(stderr).toContain('POST /distributors/transactions 201');
    expect(stderr).not.toContain(NUMBER.slice(1));
    expect(stderr).not.toContain(program.shop.clientSecret);
  });

  it('ends quietly where whoever reads has had enough', { tags: 'long' }, async () => {
    const running = shop.start('transactions', '--follow');
    running.child.stdout?.destroy();
    expect(await running.ended).toMatchObject({ exit: 0, stderr: '' });
  });
});

describe('guards', () => {
  const off = ['line-units-per-day', 'user-units-per-hour', 'repeat-guard-minutes', 'refill-days'].map(
    (name) => `--no-${name}`,
  );
  const OFF = Object.fromEntries(Object.keys(DistributorSettings.properties).map((name) => [name, null]));

  it('are shown and set in the words of the API, and switched off again', { tags: 'long' }, async () => {
    const flags = Object.keys(OFF).flatMap((name) => [`--${name.replaceAll('_', '-')}`, '7']);
    expect(await first(shop, 'guards', 'set', ...flags)).toEqual(
      Object.fromEntries(Object.keys(OFF).map((name) => [name, 7])),
    );
    await first(shop, 'guards', 'set', ...off);
    expect(await first(shop, 'guards', 'show')).toEqual({ ...OFF, implicit_key_seconds: 7 });
    expect((await shop.run('guards', 'show')).stdout).toContain('repeat_guard_minutes\toff\n');
    expect(await first(shop, 'guards', 'set', '--no-implicit-key-seconds')).toEqual(OFF);
  });

  it('of any distributor are set by the operator', { tags: 'long' }, async () => {
    const { values } = await operator.json('distributor', 'list');
    const sandbox = String(values.find(({ world }) => world === 'sandbox')?.['id']);
    const guards = (...args: string[]) => first(operator, 'guards', ...args, '--distributor', sandbox);
    expect(await guards('set', '--repeat-guard-minutes', '5')).toEqual({ ...OFF, repeat_guard_minutes: 5 });
    expect(await guards('show')).toEqual({ ...OFF, repeat_guard_minutes: 5 });
  });

  it('have nothing to do with the provider at which people sign in, which is set beside them', {
    tags: 'long',
  }, async () => {
    const set = ['sign-on', 'set', '--issuer', 'https://login.shop.example', '--client-id', 'opentopup'];
    const roles = ['--role-claim', 'groups', '--role', 'topup-admins=distributor_admin', '--role', 'a=b=seller'];
    expect(await shop.runReading('kept-by-the-provider-too', ...set, ...roles)).toMatchObject({ exit: 0 });
    const shown = await first(shop, 'sign-on', 'show');
    expect(shown).toMatchObject({
      issuer: 'https://login.shop.example',
      roles: [{ value: 'topup-admins' }, { value: 'a=b' }],
    });
    expect(await shop.run('sign-on', 'set', '--same-secret')).toMatchObject({ exit: 2 });
    expect(await first(shop, ...set, '--same-secret', ...roles)).toMatchObject({ code: shown['code'] });
    expect(await operator.run('sign-on', 'show', '--operator')).toMatchObject({ exit: 3 });
    expect(await shop.run('sign-on', 'remove')).toMatchObject({ exit: 0 });
    expect(await shop.run('sign-on', 'show')).toMatchObject({ exit: 3 });
  });

  it('say which of them cannot be so, and why', { tags: 'long' }, async () => {
    expect(await shop.run('guards', 'set', '--repeat-guard-minutes', '0')).toMatchObject({
      exit: 2,
      stderr: has('--repeat-guard-minutes'),
    });
    const tooMany = await shop.run('guards', 'set', '--repeat-guard-minutes', '44641');
    expect(tooMany).toMatchObject({ exit: 3, stderr: has('repeat_guard_minutes parameter in body: must be <= 44640') });
    expect(await shop.run('guards', 'set')).toMatchObject({ exit: 3, stderr: has('at least one field is needed') });
  });
});

describe('a profile', () => {
  it('is kept for its owner only, once the server has confirmed it, and is what commands go by', async () => {
    const person = await CommandLine.create();
    const demo = person.file('demo.json');
    const access = { client_id: program.shop.clientId, client_secret: program.shop.clientSecret };
    writeFileSync(demo, JSON.stringify({ base_url: program.baseUrl, admin_token: program.adminToken, ...access }));
    const { path } = (await first(person, 'login', '--from', demo)) as { path: string };
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await person.run('offers')).toMatchObject({ exit: 0 });
    expect(await person.run('distributor', 'list')).toMatchObject({ exit: 0 });

    writeFileSync(demo, JSON.stringify({ base_url: program.baseUrl, ...access, client_secret: 'wrong' }));
    expect(await person.run('login', '--from', demo, '--profile', 'other')).toMatchObject({ exit: 6 });
    expect(await person.run('offers', '--profile', 'other')).toMatchObject({ exit: 2 });
    // The secrets of one server are not told to another.
    const elsewhere = await person.with({ OPENTOPUP_URL: 'http://127.0.0.1:2' }).run('offers');
    expect(elsewhere).toMatchObject({ exit: 2, stderr: has('No client is known, and this is for distributors') });

    expect(await person.run('logout')).toMatchObject({ exit: 0 });
    expect(await person.run('offers')).toMatchObject({ exit: 2, stderr: has('No server is known') });
    await person.remove();
  });
});

describe('a distributor', () => {
  it('sells, repeats safely, and finds the sale again', async () => {
    const args = ['sell', '--offer', 'mobile france 10 eur', '--msisdn', '0684587600', '--reference', 'till/1'];
    const sold = (await first(shop, ...args)) as { transaction: { id: string } };
    const again = (await first(shop, ...args)) as { transaction: { id: string } };
    expect(again.transaction.id).toBe(sold.transaction.id);
    expect(await first(shop, 'transaction', sold.transaction.id)).toMatchObject({ status: 'ok', user_id: 'till/1' });
    expect(await first(shop, 'transaction', '--reference', 'till/1')).toMatchObject({ status: 'ok' });
    const { values } = await shop.json('transactions', '--reference', 'till/1', '--status', 'ok');
    expect(values.map(({ id }) => id)).toEqual([sold.transaction.id]);
    for (const line of ['06 84 58 76 00', '+33 6 84 58 76 00', '33684587600', '\u202a+33684587600\u202c']) {
      const named = await shop.json('transactions', '--line', line);
      expect(named.values.map(({ id }) => id)).toEqual([sold.transaction.id]);
    }
    const serial = ['--offer', program.offer('simId'), '--sim-id', '8991101200003204514', '--wait'];
    expect(await first(shop, 'sell', ...serial)).toMatchObject({ status: 'ok' });
    const dear = ['--offer', program.offer('msisdn'), '--msisdn', NUMBER, '--max-price', '0.5'];
    expect(await shop.json('sell', ...dear)).toMatchObject({ exit: 3, values: [{ status: 'refused' }] });
  });

  it('is a sheet where that is wanted, and runs nothing in one', { tags: 'long' }, async () => {
    const sold = await shop.run(
      'sell',
      '--offer',
      program.offer('msisdn'),
      '--msisdn',
      '0684587587',
      '--reference',
      '=1+1',
    );
    expect(sold).toMatchObject({ exit: 0 });
    const list = (...args: string[]): string[] => ['transactions', '--reference', '=1+1', ...args];
    expect((await shop.run(...list())).stdout).toContain("\t'=1+1\t");

    const french = shop.with({ LC_ALL: 'fr_FR.UTF-8' });
    const { stdout } = await french.run(...list('--for', 'excel'));
    const [head, row] = stdout.split('\r\n');
    expect(head).toBe('\ufeffcreation_date;status;offer_name;line;resell_value;public_price;reference;reason;id');
    expect(row).toMatch(/^\d{4}-\d\d-\d\d [\d:]{8};ok;.*;"=""\+33684587587""";7,92;7,92;'=1\+1;/);

    const path = shop.file('sold.xlsx');
    const workbook = shop.start(...list('--xlsx'));
    await pipeline(workbook.child.stdout as Readable, createWriteStream(path));
    const { rows } = await readSheet(() => createReadStream(path), []);
    const read = [];
    for await (const { cells } of rows)
      read.push([cells.get('line'), cells.get('resell_value'), cells.get('reference')]);
    expect(read).toEqual([['+33684587587', '7.92', '=1+1']]);

    expect(await shop.run(...list('--xlsx', '--for', 'excel'))).toMatchObject({ exit: 2 });
    expect(await shop.run(...list('--xlsx', '--follow'))).toMatchObject({ exit: 2 });
    expect(await shop.run('--json', ...list('--xlsx'))).toMatchObject({ exit: 2 });
  });

  it('is told what is wrong with a line in words, and of which territory it is', { tags: 'long' }, async () => {
    const sell = (...args: string[]) => shop.json('sell', ...args);
    const number = ['--offer', program.offer('msisdn'), '--msisdn', '0692123456'];
    const [refusal] = (await sell(...number)).values;
    expect(refusal).toMatchObject({
      reason: 'bad_parameter',
      lineFault: { fault: 'other_country', countries: ['RE'] },
    });
    expect(refusal?.['customer_message']).toContain('Réunion');
    const serial = ['--offer', program.offer('simId'), '--sim-id', '8991101200003204511'];
    const [refused] = (await sell(...serial)).values;
    expect(refused).toMatchObject({ lineFault: { fault: 'serial_check_digit' } });
    expect(refused?.['customer_message']).toContain('SIM');
  });

  it('waits for a sale that is pending', async () => {
    const args = ['--offer', program.offer('msisdn'), '--msisdn', '0684587011', '--wait'];
    const { exit, values } = await shop.json('sell', ...args);
    expect({ exit, statuses: values.map(({ status }) => status) }).toEqual({
      exit: 3,
      statuses: ['pending', 'refused'],
    });
  });

  it('sees the stock, and its pace and forecast as the server tells them', { tags: 'long' }, async () => {
    const { values } = await shop.json('stock', 'Mobile France 10 EUR', program.offer('empty'));
    const [sells, empty] = values as { pace: { sold: number[] } }[];
    expect(sells?.pace.sold).toHaveLength(14);
    expect(sells?.pace.sold.at(-1)).toBeGreaterThan(0);
    expect(sells).toMatchObject({ pace: { forecast: { confidence: expect.any(String) } }, standing: { level: 'ok' } });
    expect(empty).toMatchObject({ bucket: 0, pace: { per_day: 0 }, standing: { level: 'depleted' } });
  });

  it('sees a pace that is counted where the server is another one', { tags: 'long' }, async () => {
    const server = await new OperatorServer().start();
    const elsewhere = nobody.with(environment(server.baseUrl, server));
    await first(elsewhere, 'sell', '--offer', String(server.offers[0]?.id), '--msisdn', NUMBER);
    const stock = await first(elsewhere, 'stock', String(server.offers[0]?.id));
    expect(stock).toMatchObject({ pace: { days_left: expect.any(Number) } });
    expect((stock['pace'] as { sold: number[] }).sold).toHaveLength(14);
    expect((stock['pace'] as { sold: number[] }).sold.at(-1)).toBe(1);
    expect(stock['pace']).not.toHaveProperty('forecast');
    expect(stock).not.toHaveProperty('standing');
    await server.stop();
  });

  it('has an endpoint told what happens, and sees how that fared', { tags: 'long' }, async () => {
    const told: unknown[] = [];
    const endpoint = createServer((request, answer) => {
      told.push(request.headers['webhook-id']);
      request.resume();
      answer.writeHead(204).end();
    });
    await once(endpoint.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => {
      endpoint.close();
      endpoint.closeAllConnections();
    });
    const url = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/`;
    const webhooks = (...args: string[]) => first(shop, 'webhooks', ...args);

    const added = await webhooks('add', url, '--events', 'stock.low', 'offer.changed');
    const secret = added['secret'];
    expect(added).toMatchObject({ url, events: ['stock.low', 'offer.changed'], secret: has('whsec_') });
    const id = String(added['id']);
    // Whatever comes of it, the next try begins without one.
    onTestFinished(async () => void (await shop.run('webhooks', 'remove', id)));
    expect(await webhooks('list')).not.toHaveProperty('secret');
    const { event_id } = await webhooks('test', id);
    await vi.waitFor(async () => {
      expect(await webhooks('deliveries', id, '--status', 'delivered')).toMatchObject({ event_id, attempts: 1 });
    }, WAIT);
    expect(await webhooks('resend', id, String(event_id))).toMatchObject({ event_id, status: 'pending' });
    await vi.waitFor(() => expect(told).toEqual([event_id, event_id]), WAIT);

    expect(await webhooks('pause', id)).toMatchObject({ status: 'paused', pause_reason: 'asked' });
    expect(await webhooks('activate', id)).toMatchObject({ status: 'active' });
    expect(await webhooks('change', id, '--events', 'all')).toMatchObject({ url, events: [] });
    const rotated = await webhooks('rotate', id, '--overlap', '60');
    expect(rotated).toMatchObject({ secret: has('whsec_'), old_secret_expiration_date: expect.any(String) });
    expect(rotated['secret']).not.toBe(secret);
    expect(await shop.run('webhooks', 'change', id, '--events', 'sale')).toMatchObject({ exit: 2 });
    expect(await webhooks('remove', id)).toMatchObject({ id });
    expect((await shop.json('webhooks', 'list')).values).toEqual([]);
  });

  it('is told of stocks by its own thresholds', { tags: 'long' }, async () => {
    const alerts = (...args: string[]) => first(shop, 'alerts', ...args);
    const offer_id = program.offer('msisdn');
    const added = await alerts('add', '--offer', 'Mobile France 10 EUR', '--units', '5', '--days', '2.5');
    expect(added).toMatchObject({ offer_id, units: 5, days_of_cover: 2.5, emails: [] });
    const id = String(added['id']);
    // Whatever comes of it, the next try begins without one.
    onTestFinished(async () => void (await shop.run('alerts', 'remove', id)));
    expect(await alerts('list')).toMatchObject({ id });
    const changed = await alerts('change', id, '--units', '7', '--no-days');
    expect(changed).toMatchObject({ units: 7 });
    expect(changed).not.toHaveProperty('days_of_cover');
    // A stock's threshold follows its alert within moments.
    await vi.waitFor(async () => {
      expect(await first(shop, 'stock', offer_id)).toMatchObject({ standing: { threshold: 7 } });
    }, WAIT);
    expect(await shop.run('alerts', 'change', id, '--days', 'few')).toMatchObject({ exit: 2 });
    expect(await shop.run('alerts', 'change', id, '--no-units')).toMatchObject({ exit: 3 });
    const secret = 'https://hooks.chat.example/services/T00/B00/secret';
    const chat = { address: 'https://hooks.chat.example/…' };
    expect(await alerts('change', id, '--chat', secret)).toMatchObject({ chat: { ...chat, language: 'en' } });
    const inFrench = await alerts('change', id, '--chat', secret, '--chat-language', 'fr');
    expect(inFrench).toMatchObject({ chat: { ...chat, language: 'fr' } });
    expect(await shop.run('alerts', 'change', id, '--chat', 'https://10.0.0.1/')).toMatchObject({
      exit: 3,
      stderr: has('chat.url'),
    });
    const told = await shop.runReading(`${secret}/2\n`, 'alerts', 'change', id, '--chat');
    expect(told).toMatchObject({ exit: 0, stdout: has(`chat\t${chat.address}\n`) });
    expect(await shop.run('alerts', 'change', id, '--chat')).toMatchObject({ exit: 2, stderr: has('standard input') });
    expect((await shop.run('alerts', 'change', '--help')).stdout.replace(/\s+/g, ' ')).toContain('It is a secret');
    expect(await alerts('change', id, '--no-chat')).not.toHaveProperty('chat');
    expect(await shop.json('alerts', 'test', id)).toEqual({ exit: 0, values: [] });
    expect(await alerts('remove', id)).toMatchObject({ id });
    expect((await shop.json('alerts', 'list')).values).toEqual([]);
  });

  it('follows the sales as they come, by the events of the server, until Ctrl+C', { tags: 'long' }, async () => {
    const following = shop.start('--json', '--verbose', 'transactions', '--follow', '--limit', '1');
    await vi.waitFor(() => expect(following.written()).toContain('"id"'), WAIT);
    await vi.waitFor(() => expect(following.written()).toContain('GET /v1/events/stream 200'), WAIT);
    const { exit } = await shop.run(
      'sell',
      '--offer',
      program.offer('msisdn'),
      '--msisdn',
      '0684587601',
      '--reference',
      'followed',
    );
    expect(exit).toBe(0);
    await vi.waitFor(() => expect(following.written()).toContain('"user_id":"followed"'), WAIT);
    following.child.kill('SIGINT');
    expect((await following.ended).exit).toBe(0);
  });

  it('follows the sales of a server that tells no events by asking again', { tags: 'long' }, async () => {
    const server = await new OperatorServer().start();
    const client = new TravelB2B(server);
    const sell = (reference: string) =>
      client.topups.create({ offer_id: server.offers[0]?.id ?? '', parameters: { msisdn: NUMBER }, reference });
    await sell('before');
    const following = nobody.with(environment(server.baseUrl, server)).start('transactions', '--follow');
    await vi.waitFor(() => expect(following.written()).toContain('before'), WAIT);
    await sell('after');
    await vi.waitFor(() => expect(following.written()).toContain('after'), WAIT);
    following.child.kill('SIGINT');
    expect(await following.ended).toMatchObject({ exit: 0, stderr: '' });
    await server.stop();
  });

  it('sells an eSIM under its own key, and installs it', { tags: 'long' }, async () => {
    const key = shop.file('private.pem');
    expect(await first(shop, 'keys', 'create', key)).toMatchObject({ public_key_value: has('PUBLIC KEY') });
    expect(statSync(key).mode & 0o777).toBe(0o600);
    expect((await shop.run('keys', 'show')).stdout).toContain('PUBLIC KEY');
    expect(await shop.run('keys', 'create', shop.file('another.pem'))).toMatchObject({ exit: 2, stderr: has('--yes') });
    expect(existsSync(shop.file('another.pem'))).toBe(false);
    const sold = await first(shop, 'esim', 'sell', '--offer', program.offer('esim'), '--key', key);
    expect(sold).toMatchObject({ status: 'ok', lpa: has('LPA:1$') });
    const id = String(sold['id']);
    expect(await first(shop, 'esim', 'show', id, '--key', key)).toMatchObject({ lpa: sold['lpa'] });
    expect(await first(shop, 'sim', 'status', '--transaction', id)).toHaveProperty('status');
    expect(await first(shop, 'esim', 'identifications')).toMatchObject({ transaction_id: id });
    expect(await first(shop, 'esim', 'remind', id)).toMatchObject({ reminders: 1 });
    expect(await first(operator, 'identify', id)).toMatchObject({ status: 'identified' });
  });
});

describe('an operator', () => {
  it('brings a distributor to its first sale', async () => {
    const { id } = await first(operator, 'distributor', 'add', 'Airport shop');
    const supplier = await first(operator, 'supplier', 'add', 'Tried', '--country', 'FR', '--connector', 'simulator');
    const product = await first(
      operator,
      'product',
      'add',
      'Tried 10',
      '--supplier',
      String(supplier['id']),
      '--type',
      'topup',
      '--line',
      'msisdn',
      '--currency',
      'EUR',
      '--bonus-value',
      '10',
    );
    const offer = await first(
      operator,
      'offer',
      'add',
      'Tried 10',
      '--product',
      String(product['id']),
      '--distributor',
      String(id),
      '--resell-value',
      '9',
    );
    const booking = ['--units', '5', '--reference', 'PO-7', '--justification', 'A first order'];
    for (let time = 0; time < 2; time++) {
      const booked = await first(operator, 'grant', String(offer['id']), ...booking);
      expect(booked).toMatchObject({ units: 5, bucket: { available: 5 } });
    }
    const { client_id, client_secret } = await first(operator, 'credential', 'add', String(id), '--name', 'till');
    const till = nobody.with(
      environment(program.baseUrl, { clientId: String(client_id), clientSecret: String(client_secret) }),
    );
    expect(await first(till, 'sell', '--offer', 'Tried 10', '--msisdn', NUMBER)).toMatchObject({ status: 'ok' });
    expect(await first(till, 'stock')).toMatchObject({ bucket: 4 });
    expect(
      await first(
        operator,
        'adjust',
        String(offer['id']),
        '--units=-3',
        ...booking.slice(2, 3),
        'INV',
        ...booking.slice(4),
      ),
    ).toMatchObject({ bucket: { available: 1 } });
    expect((await operator.json('movements', String(offer['id']))).values.length).toBeGreaterThan(2);
    expect(await first(operator, 'distributor', 'suspend', String(id))).toMatchObject({ status: 'suspended' });
    expect(await first(operator, 'audit', '--limit', '1')).toMatchObject({ action: has('distributor') });
  });

  it('reads what a supplier charges, is told what has changed, and sells on what was stopped', {
    tags: 'long',
  }, async () => {
    const upstream = await new OperatorServer().start();
    onTestFinished(() => upstream.stop());
    const api = new Operator({ baseUrl: program.baseUrl, adminToken: program.adminToken });
    const { id } = await api.suppliers.create({
      name: 'Upstream',
      country: 'FR',
      connector: 'travel-b2b',
      settings: { base_url: upstream.baseUrl, client_id: upstream.clientId },
      secrets: { client_secret: upstream.clientSecret },
    });
    const { id: distributor_id } = await api.distributors.create({ name: 'Upstream shop' });
    await api.suppliers.import(id, { distributor_id });
    const [listed] = (await operator.json('supplier', 'catalogue', id)).values;
    expect(listed).toMatchObject({ cost: 7.92, product_id: expect.any(String) });
    const dear = upstream.offers.find((offer) => offer.id === listed?.['supplier_reference']);
    if (dear) dear.resell_value = 9.5;
    const reading = await first(operator, 'supplier', 'read', id);
    expect(reading).toMatchObject({ changes: [{ name: dear?.name, cost: 9.5, offers_stopped: 1 }] });
    const offers = (await operator.json('offer', 'list', '--distributor', distributor_id)).values;
    const [stopped] = offers.filter(({ status }) => status !== 'available');
    expect(stopped).toMatchObject({ name: dear?.name, status: 'price_changed', cost: 9.5 });
    expect(await first(operator, 'offer', 'resume', String(stopped?.['id']))).toMatchObject({ status: 'available' });
    expect(await first(operator, 'supplier', 'rule', id, 'tell')).toMatchObject({ on_catalogue_change: 'tell' });
    expect(await first(operator, 'supplier', 'check-digit', id, 'warn')).toMatchObject({ sim_check_digit: 'warn' });
  });

  it('decides about a sale without proof, and proves the ledger', async () => {
    const open = ['sell', '--offer', program.offer('msisdn'), '--msisdn', '0684588009'];
    const { values } = await shop.json(...open);
    const { id } = (values[0] as { transaction: { id: string } }).transaction;
    const unresolved = await operator.json('unresolved');
    expect(unresolved.values.map((each) => each['id'])).toContain(id);
    const decision = ['--status', 'ok', '--justification', 'The customer has the credit'];
    expect(await first(operator, 'resolve', id, ...decision)).toMatchObject({ status: 'ok' });
    expect(await first(operator, 'ledger', 'verify')).toMatchObject({ verified: true, faults: [] });
  });

  it('reverses sales, for who has sold them and asks for it too', { tags: 'long' }, async () => {
    const sell = async (): Promise<string> => {
      const { values } = await shop.json('sell', '--offer', program.offer('msisdn'), '--msisdn', '0684588100');
      return (values[0] as { transaction: { id: string } }).transaction.id;
    };
    const wish = ['--reason', 'mistake', '--justification', 'Sold twice'];
    expect(await first(operator, 'reverse', await sell(), ...wish)).toMatchObject({ status: 'approved' });
    const asked = await first(shop, 'request-reversal', await sell(), ...wish);
    expect(asked).toMatchObject({ status: 'open', reason: 'mistake' });
    const open = (await operator.json('reversal-requests', '--all', '--status', 'open')).values;
    expect(open.map(({ id }) => id)).toContain(asked['id']);
    const decision = ['--decision', 'decline', '--justification', 'It was wanted'];
    expect(await first(operator, 'decide-reversal', String(asked['id']), ...decision)).toMatchObject({
      status: 'declined',
    });
    expect(await first(shop, 'reversal-requests')).toMatchObject({ id: asked['id'], status: 'declined' });
  });

  it('rehearses an import, and is told what is wrong with it', { tags: 'long' }, async () => {
    const file = operator.file('grants.csv');
    writeFileSync(file, `offer_id,units,reference,justification\n${program.offer('small')},0,G-1,More\n`);
    const { exit, values } = await operator.json('import', 'grants', file, '--dry-run');
    expect({ exit, errors: values[0]?.['errors'] }).toMatchObject({ exit: 3, errors: [{ line: 2, column: 'units' }] });
  });
});

describe('completion', () => {
  it.each(['bash', 'zsh', 'fish'])('is a program that %s can read', async (shell) => {
    const { exit, stdout } = await nobody.run('completion', shell);
    expect({ exit, stdout }).toMatchObject({ exit: 0, stdout: has('ledger verify') });
    const script = nobody.file(`read.${shell}`);
    writeFileSync(script, stdout);
    const { error, status, stderr } = spawnSync(shell, ['-n', script], { encoding: 'utf8' });
    // A shell that is not here cannot be asked.
    if (!error) expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('completes words, verbs of verbs and values in bash', async () => {
    const script = nobody.file('completion.bash');
    writeFileSync(script, (await nobody.run('completion', 'bash')).stdout);
    const complete = (...words: string[]): string[] => {
      const ask = `source ${script}; COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _opentopup; printf '%s\\n' "\${COMPREPLY[@]}"`;
      return spawnSync('bash', ['-c', ask], { encoding: 'utf8' }).stdout.trim().split('\n');
    };
    expect(complete('opentopup', 'tr')).toEqual(['transactions', 'transaction', 'trigger']);
    expect(complete('opentopup', 'sim', '')).toEqual(['status', 'usage']);
    expect(complete('opentopup', 'transactions', '--status', 'pe')).toEqual(['pending']);
    expect(complete('opentopup', 'bulk', '--wait')).toEqual(['--wait-stock']);
    // Values with blanks stay whole, however they are begun.
    const kinds = ['opentopup', 'product', 'add', '--sold-as'];
    expect(complete(...kinds, 'air')).toEqual(['airtime\\ topup']);
    expect(complete(...kinds, 'airtime\\ t')).toEqual(['airtime\\ topup']);
    expect(complete(...kinds, '"sms')).toEqual(['sms topup']);
  });
});
