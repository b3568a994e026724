import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { verifyWebhook } from '@opentopup/client/webhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { EXIT } from '../src/cli/exit-codes.ts';
import { CommandLine, environment, type Running } from './support/command-line.ts';
import { type DemoProgram, startDemoProgram } from './support/program.ts';

const WAIT = { timeout: 60_000, interval: 50 };
const SECRET = `whsec_${Buffer.from('a secret of the tests').toString('base64')}`;

let program: DemoProgram;
let shop: CommandLine;
/** A program under development, with no public address. */
let hook: Server;
let url: string;
let received: { headers: Record<string, string>; body: string }[];

beforeAll(async () => {
  program = await startDemoProgram({ WEBHOOK_ALLOW: '127.0.0.1' });
  shop = await CommandLine.create(environment(program.baseUrl, program.shop));
});
afterAll(async () => {
  await program.stop();
  await shop.remove();
});
beforeEach(async () => {
  received = [];
  hook = createServer((request, response) => {
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    void text(request).then((body) => {
      received.push({ headers, body });
      response.writeHead(204).end();
    });
  }).listen(0, '127.0.0.1');
  await once(hook, 'listening');
  url = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/hook`;
});
afterEach(() => {
  hook.close();
  hook.closeAllConnections();
});

const sell = async (reference: string): Promise<void> => {
  const args = ['--offer', program.offer('msisdn'), '--msisdn', '0684587587', '--reference', reference];
  expect(await shop.run('sell', ...args)).toMatchObject({ exit: 0 });
};
/** Waits until what happens from now on is told. */
const isThere = (listening: Running) =>
  vi.waitFor(() => expect(listening.written()).toContain('GET /v1/events/stream 200'), WAIT);
const ends = async (listening: Running): Promise<void> => {
  listening.child.kill('SIGINT');
  expect(await listening.ended).toMatchObject({ exit: 0 });
};

describe('listen', () => {
  it('passes what happens on to a program that no server could reach, signed as a webhook is', async () => {
    const listening = shop.start('--verbose', 'listen', '--forward', url, '--events', 'transaction.completed');
    await isThere(listening);
    await sell('heard');
    await vi.waitFor(() => expect(received).toHaveLength(1), WAIT);
    const [secret = ''] = /whsec_[A-Za-z0-9+/=]+/.exec(listening.written()) ?? [];
    const [{ headers, body } = expect.fail('nothing came')] = received;
    const { id, event } = await verifyWebhook(body, headers, secret);
    expect(event).toMatchObject({ id, type: 'transaction.completed', data: { user_id: 'heard', status: 'ok' } });
    await expect(verifyWebhook(body, headers, SECRET)).rejects.toMatchObject({ fault: 'wrong_signature' });
    await vi.waitFor(() => expect(listening.written()).toMatch(new RegExp(`completed\t204\t\\d+\t${id}`)), WAIT);
    await ends(listening);
  });

  it('signs with the secret that it is given, and goes on where nobody answers', async () => {
    hook.close();
    const listening = shop
      .with({ OPENTOPUP_WEBHOOK_SECRET: SECRET })
      .start('--json', '--verbose', 'listen', '--forward', url);
    await isThere(listening);
    await sell('unheard');
    await vi.waitFor(() => expect(listening.written()).toContain('"error":"ECONNREFUSED"'), WAIT);
    hook.listen(Number(new URL(url).port), '127.0.0.1');
    await sell('heard-again');
    await vi.waitFor(() => expect(received).toHaveLength(1), WAIT);
    const [{ headers, body } = expect.fail('nothing came')] = received;
    expect((await verifyWebhook(body, headers, SECRET)).event.data).toMatchObject({ user_id: 'heard-again' });
    await ends(listening);
  });

  it('begins after an event that is named, so that nothing is missed between two runs', async () => {
    await sell('before');
    const { values } = await shop.json('events', 'list', '--limit', '1');
    await sell('between');
    const listening = shop.start('--json', 'listen', '--from', String(values[0]?.['id']));
    await vi.waitFor(() => expect(listening.written()).toContain('"user_id":"between"'), WAIT);
    expect(listening.written()).not.toContain('"user_id":"before"');
    await ends(listening);
  });

  it('says what is wrong with an address or a secret, and listens to nothing', async () => {
    expect(await shop.run('listen', '--forward', 'localhost:3000')).toMatchObject({ exit: EXIT.usage });
    const badly = shop.with({ OPENTOPUP_WEBHOOK_SECRET: 'whsec_short' });
    expect(await badly.run('listen', '--forward', url)).toMatchObject({
      exit: EXIT.usage,
      stderr: expect.stringContaining('OPENTOPUP_WEBHOOK_SECRET') as string,
    });
  });
});

describe('an event', () => {
  it('is sent again to each endpoint that it was for, and it is said where it was for none', async () => {
    await sell('nobody-told');
    const { values } = await shop.json('events', 'list', '--events', 'transaction.completed', '--limit', '1');
    const early = String(values[0]?.['id']);
    const { values: added } = await shop.json('webhooks', 'add', url, '--events', 'transaction.completed');
    expect(added).toHaveLength(1);
    expect((await shop.run('webhooks', 'add', `${url}/other`, '--events', 'stock.low')).exit).toBe(0);
    expect(await shop.run('events', 'resend', early)).toMatchObject({ exit: EXIT.refused });
    await sell('told-twice');
    await vi.waitFor(() => expect(received).toHaveLength(1), WAIT);
    const id = received[0]?.headers['webhook-id'] ?? '';
    expect((await shop.run('events', 'resend', id)).stdout).toMatch(new RegExp(`^${url}\tpending\t`));
    await vi.waitFor(() => expect(received.map(({ headers }) => headers['webhook-id'])).toEqual([id, id]), WAIT);
  });
});

describe('trigger', () => {
  it('makes an example of an event in the sandbox, which is told as an event is and says what it is', async () => {
    const sandbox = shop.with(environment(`${program.baseUrl}/travel-b2b-sandbox/v1`, program.sandbox));
    expect((await sandbox.run('webhooks', 'add', `${url}/webhook`, '--events', 'stock.low')).exit).toBe(0);
    const listening = sandbox.start('--verbose', 'listen', '--forward', url, '--events', 'stock.low');
    await isThere(listening);
    const { exit, values } = await sandbox.json('trigger', 'stock.low');
    expect(exit).toBe(0);
    expect(values).toMatchObject([{ type: 'stock.low', example: true, data: { available: 19 } }]);
    await vi.waitFor(() => expect(received).toHaveLength(2), WAIT);
    for (const { body } of received) expect(JSON.parse(body)).toEqual(values[0]);
    await ends(listening);
  });

  it('makes one of a sale that does not exist, listed beside those that happened', async () => {
    const sandbox = shop.with(environment(`${program.baseUrl}/travel-b2b-sandbox/v1`, program.sandbox));
    const { values } = await sandbox.json('trigger', 'transaction.resolved');
    await vi.waitFor(async () => {
      const { values: listed } = await sandbox.json('events', 'list', '--events', 'transaction.resolved');
      expect(listed).toEqual(values);
    }, WAIT);
    const { id } = (values[0] ?? expect.fail('nothing was made'))['data'] as { id: string };
    expect((await sandbox.run('transaction', id)).exit).toBe(EXIT.refused);
  });

  it('is refused outside of the sandbox, and for what is no type', async () => {
    const { exit, stderr } = await shop.run('trigger', 'stock.low');
    expect(exit).toBe(EXIT.denied);
    expect(stderr).toContain('Use a client of the sandbox. (sandbox_only)');
    expect((await shop.run('trigger', 'webhook.test')).exit).toBe(EXIT.usage);
  });
});
