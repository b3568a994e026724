import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type PathCaller, signInClient } from '../support/caller.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

const PATIENCE = { timeout: 60_000, interval: 100 };
const SMS_TOKEN = 'token-of-the-gateway';

interface Sms {
  id: string;
  to: string;
  text: string;
}

describe.each(ENGINES)('end customers on %s', (engine) => {
  let world: DemoPlace;
  let mailServer: MailServer;
  let gateway: Server;
  let server: RunningServer;
  let shop: PathCaller;
  const sms: Sms[] = [];
  /** What the gateway answers next; 200 once these are used up. */
  const answers: number[] = [];

  beforeAll(async () => {
    world = await createWorld(engine);
    mailServer = await startMailServer();
    gateway = createServer((request, response) => {
      void text(request).then((body) => {
        const isKnown = request.headers.authorization === `Bearer ${SMS_TOKEN}`;
        sms.push(JSON.parse(body) as Sms);
        response.writeHead(isKnown ? (answers.shift() ?? 200) : 401).end();
      });
    });
    await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
    server = await world.start({
      SMTP_URL: mailServer.url,
      MAIL_FROM: 'shop@operator.example',
      SMS_URL: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/send`,
      SMS_TOKEN,
    });
    shop = await signInClient(server, world.demo);
  });
  afterAll(async () => {
    await world.remove();
    await mailServer.stop();
    gateway.close();
  });

  const sell = (kind: string, msisdn: string, notify: unknown) =>
    shop.post('/distributors/transactions', { offer_id: world.offer(kind), parameters: { msisdn }, notify });
  const smsTo = (number: string): Sms[] => sms.filter(({ to }) => to === number);

  it('are told by SMS that it is done, in the words of the distributor', async () => {
    await shop.put('/v1/customer-messages/ok/fr', { text: 'Merci ! {amount}.' });
    const { status, body } = await sell('msisdn', '0684587586', { sms: true, language: 'fr' });
    expect([status, body.status]).toEqual([201, 'ok']);
    await vi.waitFor(() => expect(smsTo('+33684587586')).toMatchObject([{ text: 'Merci ! 10 EUR.' }]), PATIENCE);
  });

  it('are told by e-mail what was not done, and that nothing was charged', async () => {
    await sell('msisdn', '0684587002', { email: 'ann@customer.example' });
    await vi.waitFor(() => expect(mailServer.mails).toHaveLength(1), PATIENCE);
    expect(mailServer.mails[0]).toMatchObject({ from: 'shop@operator.example', to: ['ann@customer.example'] });
    // Long lines are folded on the way.
    expect(mailServer.mails[0]?.text.replaceAll('=\r\n', '')).toContain('You have not been charged.');
  });

  it('are told of a sale without an answer only once its outcome is known', async () => {
    const { body } = await sell('msisdn', '0684587010', { sms: true });
    expect(body.status).toBe('pending');
    await vi.waitFor(
      () => expect(smsTo('+33684587010')).toMatchObject([{ text: 'The recharge has been made.' }]),
      PATIENCE,
    );
  });

  it('are told once: again where the gateway has taken nothing, never where it may have', async () => {
    answers.push(503);
    await sell('msisdn', '0684587581', { sms: true });
    await vi.waitFor(() => expect(smsTo('+33684587581')).toHaveLength(2), PATIENCE);
    const [first, second] = smsTo('+33684587581');
    expect(second?.id).toBe(first?.id);

    answers.push(500);
    await sell('msisdn', '0684587582', { sms: true });
    await vi.waitFor(() => expect(smsTo('+33684587582')).toHaveLength(1), PATIENCE);
    await sell('msisdn', '0684587583', { sms: true });
    await vi.waitFor(() => expect(smsTo('+33684587583')).toHaveLength(1), PATIENCE);
    expect(smsTo('+33684587582')).toHaveLength(1);
  });

  it('are told by SMS while a mail server keeps e-mails waiting', async () => {
    mailServer.hold(true);
    await sell('msisdn', '0684587592', { email: 'slow@customer.example' });
    await vi.waitFor(() => expect(mailServer.held()).toBe(1), PATIENCE);
    mailServer.hold(false);
    await sell('msisdn', '0684587593', { sms: true });
    await vi.waitFor(() => expect(smsTo('+33684587593')).toHaveLength(1), PATIENCE);
    expect(mailServer.held()).toBe(1);
  });

  it('are told nothing of an order that was refused at once', async () => {
    const { body } = await sell('empty', '0684587584', { sms: true });
    expect(body.reason).toBe('bucket_empty');
    await sell('msisdn', '0684587585', { sms: true });
    await vi.waitFor(() => expect(smsTo('+33684587585')).toHaveLength(1), PATIENCE);
    expect(smsTo('+33684587584')).toEqual([]);
  });

  it('are told nothing of what is tried in the sandbox, whose orders are checked all the same', async () => {
    const sandbox = await signInClient(server, world.demo.sandbox);
    const offer_id = world.demo.sandbox.offers.find(({ kind }) => kind === 'msisdn')?.id;
    const order = (notify: unknown) =>
      sandbox.post('/travel-b2b-sandbox/v1/distributors/transactions', {
        offer_id,
        parameters: { msisdn: '0684587588' },
        notify,
      });
    const { status, body } = await order({ sms: true, email: 'tried@customer.example' });
    expect([status, body.status]).toEqual([201, 'ok']);
    expect((await order({ fax: true })).body.reason).toBe('invalid_body_field');

    await sell('msisdn', '0684587589', { sms: true, email: 'sold@customer.example' });
    await vi.waitFor(() => expect(smsTo('+33684587589')).toHaveLength(1), PATIENCE);
    const mailed = (): string[] => mailServer.mails.flatMap(({ to }) => to);
    await vi.waitFor(() => expect(mailed()).toContain('sold@customer.example'), PATIENCE);
    expect(smsTo('+33684587588')).toEqual([]);
    expect(mailed()).not.toContain('tried@customer.example');
  });

  it.each([
    ['msisdn', { email: 'nobody' }, 'invalid_body_field'],
    ['msisdn', { email: 'a@b.example\r\nBcc: c@d.example' }, 'invalid_body_field'],
    ['msisdn', { fax: true }, 'invalid_body_field'],
    ['msisdn', 'sms', 'invalid_body_field'],
  ])('cannot be told of %s as %j', async (kind, notify, reason) => {
    const answer = await sell(kind, '0684587586', notify);
    expect([answer.status, answer.body.reason]).toEqual([400, reason]);
  });
});

it('an order that asks for what the operator has not set up is refused before anything is done', async () => {
  const world = await createWorld('postgresql');
  const shop = await signInClient(await world.start(), world.demo);
  const offer_id = world.offer('msisdn');
  const before = await shop.stock(offer_id);
  const order = { offer_id, parameters: { msisdn: '0684587587' }, notify: { sms: true } };
  const { status, body } = await shop.post('/distributors/transactions', order);
  expect([status, body.reason]).toEqual([503, 'not_configured']);
  expect(await shop.stock(offer_id)).toBe(before);
  await world.remove();
});
