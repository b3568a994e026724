import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Operator, TravelB2B } from '@opentopup/client';
import { allOf, CommandLine } from '@opentopup/client/testing';
import type { DocumentKeySet, SignedStatement, Statement } from '@opentopup/contract';
import { canonicalBytes } from '@opentopup/contract/signing/canonical-bytes';
import { verifySigned } from '@opentopup/contract/signing/verify-signed';
import { readSheet } from '@opentopup/sheets';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { callerWith, distributorClient, operatorOf, type PathCaller, signInClient } from '../support/caller.ts';
import { faultsOfAnswer } from '../support/description.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

const PATIENCE = { timeout: 60_000, interval: 100 };
const DAY_MS = 86_400_000;
const ZONE = 'Europe/Paris';
const PLAIN = /[\u00A0\u202F]/g;

describe.each(ENGINES)('the statements of a distributor on %s', (engine) => {
  let world: DemoPlace;
  let mail: MailServer;
  let server: RunningServer;
  let shop: TravelB2B;
  let paths: PathCaller;
  let operator: Operator;
  let offer: string;
  let statement: Statement;
  let signed: SignedStatement;

  const start = async (env: Record<string, string>, at?: Date): Promise<void> => {
    server = await world.start({ SEALING_KEY, SMTP_URL: mail.url, MAIL_FROM: 'books@platform.example', ...env }, at);
    shop = distributorClient(server, world.demo);
    paths = await signInClient(server, world.demo);
    operator = operatorOf(server, world.demo.admin_token);
  };
  const file = async (as: 'json' | 'csv' | 'xlsx' | 'pdf', language?: string): Promise<Buffer> => {
    const body = await shop.opentopup.statements.file(statement.id, as, language ? { language } : {});
    return Buffer.from(await new Response(body).arrayBuffer());
  };
  const textOf = async (pdf: Buffer): Promise<string> =>
    (await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true })).text.replaceAll(PLAIN, ' ');

  beforeAll(async () => {
    [world, mail] = await Promise.all([createWorld(engine), startMailServer()]);
    offer = world.offer('msisdn');
    await start({});
    const details = await operator.offers.get(offer);
    await operator.statements.setVatRate(details.product_id, { rate: 20 });
    await shop.opentopup.statements.changeSettings({ time_zone: ZONE, emails: ['books@shop.example'] });
    await operator.stock.grant(offer, { units: 7, reference: 'PO-118', justification: 'order' });
    const ids: string[] = [];
    for (let i = 0; i < 3; i += 1) {
      const sale = await shop.topups.create({ offer_id: offer, parameters: { msisdn: '+33684587587' } });
      if (sale.status !== 'ok') throw new Error(`not sold: ${sale.status}`);
      ids.push(sale.transaction.id);
    }
    await operator.transactions.reverse(ids[0] as string, { reason: 'mistake', justification: 'twice' });
    await server.stop();
    // The month is over.
    await start({ STATEMENT_SCHEDULE: 'month' }, new Date(Date.now() + 32 * DAY_MS));
    await vi.waitFor(async () => {
      const own = await allOf(shop.opentopup.statements.list());
      const first = own.findLast(({ status }) => status === 'closed');
      if (!first) throw new Error('none is closed');
      statement = first;
    }, PATIENCE);
    signed = await shop.opentopup.statements.get(statement.id);
  }, 240_000);
  afterAll(async () => {
    await world?.remove();
    await mail?.stop();
  });

  it('are closed by themselves when a month is over, numbered, and tell stock and money', () => {
    const { document } = signed;
    expect(document).toMatchObject({ number: 1, title: 'Statement, not an invoice', time_zone: ZONE, world: 'live' });
    expect(document.last_day).toMatch(/-(28|29|30|31)$/);
    const sold = document.offers.find(({ offer_id }) => offer_id === offer);
    expect(sold).toMatchObject({ opening: 0, sold: 3, reversed: 1, delivered_late: 0, held: 0, owed: 0 });
    expect(sold?.closing).toBe((sold?.granted ?? 0) - 2);
    expect(document.bookings).toContainEqual(expect.objectContaining({ units: 7, reference: 'PO-118' }));
    const [sales] = sold?.sales ?? [];
    expect(sales).toMatchObject({ vat_rate: 20, vat_included: true, sold: 3, reversed: 1 });
    const total = document.totals.find(({ vat_rate }) => vat_rate === 20);
    const gross = Math.round(2 * (sales?.resell_value ?? 0) * 100);
    expect(Math.round((total?.total ?? 0) * 100)).toBe(gross);
    expect(Math.round((total?.vat ?? 0) * 100)).toBe(Math.round(gross / 6));
  });

  it('prove themselves with the published key, and what was changed does not', async () => {
    const keys = (await (await fetch(`${server.baseUrl}/.well-known/jwks.json`)).json()) as DocumentKeySet;
    expect(await verifySigned(signed, keys)).toBe('valid');
    const other = { ...signed, document: { ...signed.document, number: 2 } };
    expect(await verifySigned(other, keys)).toBe('changed');
    const shell = await CommandLine.create();
    await writeFile(join(shell.folder, 'statement.json'), await file('json'));
    await writeFile(join(shell.folder, 'jwks.json'), JSON.stringify(keys));
    expect(await shell.run('verify', 'statement.json', '--keys', 'jwks.json')).toMatchObject({ exit: 0 });
    await writeFile(
      join(shell.folder, 'statement.json'),
      (await file('json')).toString().replace('"number":1', '"number":2'),
    );
    expect(await shell.run('verify', 'statement.json', '--keys', 'jwks.json')).not.toMatchObject({ exit: 0 });
    await shell.remove();
  });

  it('have the same bytes when they are closed again, and in every form', async () => {
    const before = new Date(new Date(`${statement.last_day}T00:00:00Z`).getTime() + DAY_MS).toISOString().slice(0, 10);
    const first = await file('json');
    const body = { distributor_id: statement.distributor_id, before };
    expect(await operator.statements.close(body)).toEqual(statement);
    expect(await file('json')).toEqual(first);
    expect(first.toString()).toContain(new TextDecoder().decode(canonicalBytes(signed.document)));
    for (const as of ['csv', 'pdf'] as const) expect(await file(as)).toEqual(await file(as));
  });

  it('come as sheets whose lines add up to the closing stock', async () => {
    for (const as of ['csv', 'xlsx'] as const) {
      const bytes = await file(as);
      const { rows } = await readSheet(() => Readable.from([bytes]), ['kind', 'offer_id', 'units']);
      const of: Record<string, string>[] = [];
      for await (const { cells } of rows) if (cells.get('offer_id') === offer) of.push(Object.fromEntries(cells));
      const units = (kinds: (kind: string) => boolean): number =>
        of.filter((row) => kinds(row['kind'] ?? '')).reduce((sum, row) => sum + Number(row['units']), 0);
      expect(units((kind) => kind !== 'closing')).toBe(units((kind) => kind === 'closing'));
      expect(of.filter(({ kind }) => kind === 'sell')).toHaveLength(3);
    }
    expect((await file('csv')).toString()).not.toContain('684587587');
  });

  it('come as PDF with the same totals, in English and French', async () => {
    for (const [language, title, currency] of [
      ['en', 'Statement, not an invoice', 'EUR '],
      ['fr', 'Relevé, pas une facture', ' EUR'],
    ] as const) {
      const text = await textOf(await file('pdf', language));
      expect(text).toContain(title);
      const amount = new Intl.NumberFormat(language, { minimumFractionDigits: 2 });
      for (const { net, vat, total } of signed.document.totals) {
        for (const each of [net, vat, total]) {
          if (each === undefined) continue;
          const shown = amount.format(each).replaceAll(PLAIN, ' ');
          expect(text).toContain(language === 'en' ? `${currency}${shown}` : `${shown}${currency}`);
        }
      }
      expect(text).toContain(statement.hash);
    }
  });

  it('are told as an event, and by e-mail to who wants it', async () => {
    await vi.waitFor(async () => {
      const { body } = await paths.get('/v1/events?types=statement.closed&order=newest');
      expect(body[0]).toMatchObject({ type: 'statement.closed', data: { id: statement.id, number: 1 } });
      expect(mail.mails.map(({ to }) => to)).toContainEqual(['books@shop.example']);
    }, PATIENCE);
    const answer = await paths.get('/v1/statements');
    expect(faultsOfAnswer('listOwnStatements', answer)).toEqual([]);
  });

  it('are refused for a time that is not over, or lies within one that is closed, and shown to nobody else', async () => {
    const close = (before: string) =>
      operator.statements.close({ distributor_id: statement.distributor_id, before }).catch(({ reason }) => reason);
    expect(await close('2999-01-01')).toBe('period_not_over');
    expect(await close('2000-01-01')).toBe('period_closed');
    expect(await close('2026-02-30')).toBe('invalid_body_field');
    const others = callerWith(server, world.demo.admin_token);
    const { body: sandbox } = await others.get('/admin/v1/distributors');
    const other = sandbox.find(({ id }: { id: string }) => id !== statement.distributor_id);
    const credential = await operator.credentials.create(other.id, { name: 'test' });
    const stranger = await signInClient(server, credential);
    expect((await stranger.get(`/v1/statements/${statement.id}`)).status).toBe(404);
    expect((await stranger.get('/v1/statements')).body).toEqual([]);
  });

  it('are part of the proof of the ledger: a changed byte is found, and a head that is not the chain’s', async () => {
    expect((await operator.verifyLedger()).faults).toEqual([]);
    await server.stop();
    const db = await world.openDb();
    const tamper = async (table: string, sql: string): Promise<void> => {
      await db.script(
        `ALTER TABLE ${table} DISABLE TRIGGER append_only; ${sql}; ALTER TABLE ${table} ENABLE TRIGGER append_only`,
      );
    };
    await tamper('statements', `UPDATE statements SET content = replace(content, 'PO-118', 'PO-119')`);
    await tamper('statement_cuts', `UPDATE statement_cuts SET head = sha256(head) WHERE offer_id = '${offer}'`);
    await db.close();
    await start({}, new Date(Date.now() + 32 * DAY_MS));
    const { verified, faults } = await operator.verifyLedger();
    expect(verified).toBe(false);
    expect(faults.map(({ kind }) => kind)).toEqual(['changed_statement', 'changed_statement']);
    expect(faults.map(({ detail }) => detail).join()).toMatch(/another head.*is not what was closed/);
  });
});
