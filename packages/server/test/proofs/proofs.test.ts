import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { Operator, TravelB2B } from '@opentopup/client';
import { CommandLine } from '@opentopup/client/testing';
import type { ReceiptProof } from '@opentopup/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { distributorClient, operatorOf, signInClient } from '../support/caller.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

const NUMBER = '+33684587587';

describe.each(ENGINES)('the receipt of a sale on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let shop: TravelB2B;
  let operator: Operator;
  let mailServer: MailServer;

  beforeAll(async () => {
    world = await createWorld(engine);
    mailServer = await startMailServer();
    const mail = { SMTP_URL: mailServer.url, MAIL_FROM: 'sales@topup.example' };
    server = await world.start({ SEALING_KEY, PUBLIC_URL: 'https://topup.example', ...mail });
    shop = distributorClient(server, world.demo);
    operator = operatorOf(server, world.demo.admin_token);
  });
  afterAll(async () => {
    await world?.remove();
    await mailServer?.stop();
  });

  const sell = async (client: TravelB2B, offer_id: string, msisdn = NUMBER): Promise<string> => {
    const order = { offer_id, reference: randomUUID(), parameters: { msisdn } };
    const sale = await client.topups.create(order, { isNew: true });
    if (sale.status !== 'ok') throw new Error(`not sold: ${sale.status}`);
    return sale.transaction.id;
  };
  const look = async ({ code }: Pick<ReceiptProof, 'code'>, language = 'fr') => {
    const answer = await fetch(`${server.baseUrl}/r/${code}`, { headers: { 'Accept-Language': language } });
    return { status: answer.status, page: await answer.text() };
  };

  it('has one code, whoever asks for it first, and a page that tells what was sold, without the number', async () => {
    const id = await sell(shop, world.offer('msisdn'));
    const proofs = await Promise.all(Array.from({ length: 4 }, () => shop.opentopup.receiptProof(id)));
    expect(new Set(proofs.map(({ text }) => text)).size).toBe(1);
    const [proof] = proofs as [ReceiptProof];
    expect(proof).toMatchObject({
      code: expect.stringMatching(/^[0-9A-Z]{16}$/),
      url: `https://topup.example/r/${proof.code}`,
    });
    const french = await look(proof);
    expect(french.status).toBe(200);
    for (const text of ['lang="fr"', 'Authentique', 'Mobile France 10 EUR', '7,92', '+33 6 •• •• •• 87']) {
      expect(french.page).toContain(text);
    }
    expect(french.page).not.toContain('584587');
    expect((await look({ code: proof.code.toLowerCase() }, 'en')).page).toContain('Genuine');

    await operator.transactions.reverse(id, { reason: 'mistake', justification: 'Sold by mistake' });
    expect((await look(proof)).page).toContain('Annulé');
    expect(await shop.opentopup.receiptProof(id)).toEqual(proof);
  });

  it('is none where nothing was sold, nor under a code that nobody has', async () => {
    const refused = await shop.topups.create(
      { offer_id: world.offer('msisdn'), reference: randomUUID(), parameters: { msisdn: '+33684587002' } },
      { isNew: true },
    );
    const id = refused.status === 'refused' ? (refused.transactionId ?? '') : '';
    await expect(shop.opentopup.receiptProof(id)).rejects.toMatchObject({ status: 409, reason: 'no_receipt' });
    for (const code of ['K7QF2M9XABCD3FGH', 'x', '..%2f..', `${'A'.repeat(16)}'`]) {
      expect(await look({ code })).toMatchObject({ status: 404, page: expect.stringContaining('aucun reçu') });
    }
  });

  it('is linked to in what the customer is sent', async () => {
    const paths = await signInClient(server, world.demo);
    const order = { offer_id: world.offer('msisdn'), parameters: { msisdn: NUMBER } };
    const notify = { email: 'ada@shop.example' };
    const { body } = await paths.post('/distributors/transactions', { ...order, notify });
    const { url } = await shop.opentopup.receiptProof(body.id);
    await vi.waitFor(
      () => expect(mailServer.mails.map(({ text }) => text)).toContainEqual(expect.stringContaining(String(url))),
      { timeout: 60_000, interval: 100 },
    );
  });

  it('is sent to the customer, in its language, with the shop that it has bought from; and not without end', async () => {
    await shop.opentopup.receipts.setSettings({ paper: '58mm', shop_name: 'Kiosk', help_line: '01 23 45 67 89' });
    const id = await sell(shop, world.offer('msisdn'));
    const send = () => shop.opentopup.receipts.send(id, { email: 'bea@shop.example', language: 'fr' });
    // At once, so that none sees how often the others have sent.
    const sent = await Promise.allSettled(Array.from({ length: 7 }, send));
    const left = sent.flatMap((each) => (each.status === 'fulfilled' ? [each.value.left] : []));
    expect(left.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4]);
    await expect(send()).rejects.toMatchObject({ status: 409, reason: 'receipt_sent' });
    const { url } = await shop.opentopup.receiptProof(id);
    const mails = () => mailServer.mails.filter(({ to }) => to.includes('bea@shop.example'));
    await vi.waitFor(() => expect(mails()).toHaveLength(5), { timeout: 60_000, interval: 100 });
    const text = (mails()[0]?.text ?? '').replaceAll('=\r\n', '');
    for (const words of ['La recharge a', String(url), 'Kiosk', '01 23 45 67 89']) expect(text).toContain(words);
  });

  it('that is annulled says so when it is sent', async () => {
    const id = await sell(shop, world.offer('msisdn'));
    await operator.transactions.reverse(id, { reason: 'mistake', justification: 'Sold by mistake' });
    await shop.opentopup.receipts.send(id, { email: 'cleo@shop.example' });
    await vi.waitFor(
      () => {
        const mail = mailServer.mails.find(({ to }) => to.includes('cleo@shop.example'));
        expect(mail?.text).toContain('This recharge was cancelled');
      },
      { timeout: 60_000, interval: 100 },
    );
  });

  it('is sent only in ways that there are, and only that of a sale of one’s own', async () => {
    const id = await sell(shop, world.offer('msisdn'));
    const { receipts } = shop.opentopup;
    await expect(receipts.send(id, { sms: false })).rejects.toMatchObject({ reason: 'missing_body_field' });
    await expect(receipts.send(id, { sms: true })).rejects.toMatchObject({ reason: 'not_configured' });
    await expect(receipts.send(id, { email: 'nobody' })).rejects.toMatchObject({ reason: 'invalid_body_field' });
    const other = distributorClient(server, world.demo.other).opentopup.receipts;
    await expect(other.send(id, { email: 'ada@shop.example' })).rejects.toMatchObject({ status: 404 });
  });

  it('is found by its code as somebody types it, by who has sold it and by the operator', async () => {
    const id = await sell(shop, world.offer('msisdn'));
    const { code } = await shop.opentopup.receiptProof(id);
    expect(await shop.opentopup.receipts.find(code.toLowerCase())).toEqual({ transaction_id: id });
    expect(await operator.findReceipt(code)).toEqual({ transaction_id: id });
    const other = distributorClient(server, world.demo.other).opentopup.receipts;
    await expect(other.find(code)).rejects.toMatchObject({ status: 404, reason: 'not_found' });
  });

  it('says what the distributor has set, with a logo that is a picture and nothing else', async () => {
    const { receipts } = shop.opentopup;
    const logo = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg==';
    const set = { paper: 'A4', shop_name: 'Kiosk', address: ['1 rue de la Paix', 'Paris'], vat_number: 'FR1' } as const;
    const saved = await receipts.setSettings({ ...set, address: [...set.address], logo });
    expect(saved).toMatchObject({ ...set, logo: expect.stringMatching(/^iVBORw0KGgo/) });
    expect(await receipts.settings()).toEqual(saved);
    for (const [wrong, field] of [
      [{ paper: 'A5' }, 'paper'],
      [{ paper: 'A4', logo: Buffer.from('<svg><script/></svg>').toString('base64') }, 'logo'],
      [{ paper: 'A4', address: Array.from({ length: 6 }, () => 'a') }, 'address'],
      [{ paper: 'A4', shop_name: 'a\u202eb' }, 'shop_name'],
    ] as const) {
      const fault = { reason: 'invalid_body_field', description: expect.stringContaining(field) };
      await expect(receipts.setSettings(wrong as never)).rejects.toMatchObject(fault);
    }
    expect(await receipts.settings()).toEqual(saved);
    expect(await distributorClient(server, world.demo.other).opentopup.receipts.settings()).toEqual({ paper: '80mm' });
  });

  it('says so where it is a test', async () => {
    const sandbox = distributorClient(server, world.demo.sandbox, {
      baseUrl: `${server.baseUrl}/travel-b2b-sandbox/v1`,
    });
    const paths = await signInClient(server, world.demo.sandbox);
    const [offer] = (await paths.get('/travel-b2b-sandbox/v1/distributors/offers')).body;
    const proof = await sandbox.opentopup.receiptProof(await sell(sandbox, offer.id));
    expect((await look(proof)).page).toContain('essai');
  });

  it('is proved by one command without a server, and not where anything of it is changed', async () => {
    const { text } = await shop.opentopup.receiptProof(await sell(shop, world.offer('msisdn')));
    const shell = await CommandLine.create();
    try {
      await writeFile(shell.file('jwks.json'), await (await fetch(`${server.baseUrl}/.well-known/jwks.json`)).text());
      const verify = (what: string) => shell.run('verify', '--receipt', what, '--keys', shell.file('jwks.json'));
      expect(await verify(text)).toMatchObject({ exit: 0, stdout: expect.stringContaining('Mobile France 10 EUR') });
      const [address = '', packed = ''] = text.split('#');
      const other = Buffer.from(packed.split('.')[0] ?? '', 'base64url')
        .toString()
        .replace('10 EUR', '50 EUR');
      const changed = [Buffer.from(other).toString('base64url'), ...packed.split('.').slice(1)].join('.');
      expect(await verify(`${address}#${changed}`)).toMatchObject({ exit: 1, stdout: expect.stringContaining('NOT') });
    } finally {
      await shell.remove();
    }
  });
});
