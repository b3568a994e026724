import type { Operator, TravelB2B } from '@opentopup/client';
import { allOf, CommandLine, environment } from '@opentopup/client/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Db } from '../../src/database/database.ts';
import { bookUnits } from '../../src/ledger/bookings.store.ts';
import { createSeal } from '../../src/secrets/seal.ts';
import { sealedForChat } from '../../src/stock/chat.ts';
import { distributorClient, operatorOf, PATIENT } from '../support/caller.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { HANG, type Receiver, startReceiver } from '../support/receiver.ts';
import { replay } from '../support/replay.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

const PATIENCE = { timeout: 60_000, interval: 100 };
const HOUR_MS = 3_600_000;
const ENV = { SEALING_KEY, WEBHOOK_ALLOW: '127.0.0.1', PUBLIC_URL: 'https://console.example' };

describe.each(ENGINES)('the chat of an alert on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let shop: TravelB2B;
  let operator: Operator;
  let chat: Receiver;
  let mailServer: MailServer;
  let shell: CommandLine;
  let alert: string;

  const start = async (env: Record<string, string> = ENV): Promise<void> => {
    server = await world.start({ SMTP_URL: mailServer.url, MAIL_FROM: 'stock@operator.example', ...env });
    shop = distributorClient(server, world.demo, PATIENT);
    operator = operatorOf(server, world.demo.admin_token, PATIENT);
  };
  beforeAll(async () => {
    world = await createWorld(engine);
    chat = await startReceiver();
    mailServer = await startMailServer();
    shell = await CommandLine.create();
    await start();
  });
  afterAll(async () => {
    await world?.remove();
    await chat?.stop();
    await mailServer?.stop();
    await shell?.remove();
  });

  let orders = 0;
  const adjust = (units: number) => {
    orders += 1;
    return operator.stock.adjust(world.offer('small'), { units, reference: `INV-${orders}`, justification: 'Count' });
  };
  const link = () => `https://console.example/stock/${world.offer('small')}`;
  const texts = (): string[] => chat.received.map(({ event }) => event.text as string);
  const told = (text: string) => vi.waitFor(() => expect(texts().at(-1)).toBe(text), PATIENCE);
  const test = () => shop.opentopup.alerts.test(alert);
  const SHOWN = () => ({ channel: 'chat', address: `${new URL(chat.url).origin}/…` });
  /**
   * Leaves the next message the last of its tries, and starts that: it was answered so until then.
   * @param meanwhile done before that try
   */
  const giveUp = async (status: number, units: number, meanwhile: (db: Db) => unknown = () => {}): Promise<void> => {
    chat.react(() => status);
    const before = texts().length;
    await adjust(units);
    await vi.waitFor(() => expect(texts().length).toBe(before + 1), PATIENCE);
    await server.stop();
    const db = await world.openDb();
    const [waiting] = await db.query<{ attempts: number }>(`SELECT attempts FROM notices WHERE channel = 'chat'`);
    expect(waiting?.attempts).toBe(1);
    const [row] = await db.query<object>('SELECT * FROM alerts');
    expect(JSON.stringify(row)).not.toContain('secret');
    // The pauses between ten tries are an hour and a half.
    await db.query(`UPDATE notices SET attempts = 9, next_at = now() - interval '1 second' WHERE channel = 'chat'`);
    await meanwhile(db);
    await db.close();
    expect(server.output()).not.toContain('B00/secret');
    await start();
  };
  /** What the command line shows of the alert's chat: where it is, when it was given up, when a message was. */
  const shownInShell = async (): Promise<string[]> => {
    const { clientId, clientSecret } = { clientId: world.demo.client_id, clientSecret: world.demo.client_secret };
    const owner = shell.with(environment(server.baseUrl, { clientId, clientSecret }));
    return (await owner.run('alerts', 'list')).stdout.split('\t').slice(3, 6);
  };
  const stateOf = async () => (await shop.opentopup.alerts.get(alert)).chat;

  it('is shown without its secret, wherever it is shown', async () => {
    const made = await shop.opentopup.alerts.create({
      offer_id: world.offer('small'),
      units: 50,
      chat: { url: `${chat.url}/T00/B00/secret`, language: 'en' },
    });
    alert = made.id;
    const shown = { address: `${new URL(chat.url).origin}/…`, language: 'en' };
    expect(made.chat).toEqual(shown);
    expect(await stateOf()).toEqual(shown);
    const audit = await allOf(operator.audit({ subject: alert }));
    expect(audit).toHaveLength(1);
    expect(JSON.stringify(audit)).not.toContain('secret');
  });

  it('is told in a sentence, with what is left and where to look', async () => {
    await adjust(-55);
    await told(`Mobile France 10 EUR, few left: stock low. Units left: 45. ${link()}`);
    await adjust(1_000);
    await told(`Mobile France 10 EUR, few left: stock refilled. Units left: 1,045. ${link()}`);
    expect(chat.received[0]?.headers).toMatchObject({ 'content-type': 'application/json' });
    expect(Object.keys(chat.received[0]?.event)).toEqual(['text']);
  });

  it('is told of units that are ordered, and of what is decided about them', async () => {
    const page = 'https://console.example/stock';
    const order = { offer_id: world.offer('small'), units: 1_200, reference: 'PO-7' };
    const { id } = await shop.opentopup.refillOrders.create(order);
    await told(`Mobile France 10 EUR, few left: refill ordered. Units: 1,200, reference: PO-7. ${page}`);
    await operator.refillOrders.decide(id, { decision: 'decline', justification: 'Bill unpaid' });
    await told(
      `Mobile France 10 EUR, few left: refill declined. Units: 1,200, reference: PO-7. Why: Bill unpaid ${page}`,
    );
    // The operator has a mail of it.
    await vi.waitFor(() => expect(mailServer.mails.splice(0)).toHaveLength(1), PATIENCE);
  });

  it('is called by no name of an offer, in the language that it was given', async () => {
    await operator.offers.change(world.offer('small'), { name: '<!channel> R&D @here' });
    const url = `${chat.url}/T00/B00/secret`;
    expect((await shop.opentopup.alerts.change(alert, { chat: { url, language: 'fr' } })).chat).toMatchObject({
      language: 'fr',
    });
    await adjust(-1_045);
    await told(`&lt;!channel&gt; R&amp;D @\u200Bhere : stock épuisé. ${link()}`);
  });

  it('is told again until it takes the message', async () => {
    let refusals = 0;
    chat.react(() => (refusals++ === 0 ? 503 : 200));
    const before = texts().length;
    await adjust(1_000);
    await vi.waitFor(() => expect(texts().length).toBe(before + 2), PATIENCE);
    expect(new Set(texts().slice(-2)).size).toBe(1);
  });

  it('says when and why a message was given up, until one is taken', { tags: 'long' }, async () => {
    await giveUp(503, -1_000);
    await vi.waitFor(async () => {
      expect(await stateOf()).toMatchObject({ failure_cause: 'answered 503', failure_date: expect.any(String) });
    }, PATIENCE);
    const state = await stateOf();
    expect(state).not.toHaveProperty('stop_date');
    expect(await shownInShell()).toEqual([SHOWN().address, '', state?.failure_date]);

    chat.react(() => 200);
    await adjust(500);
    await told(`&lt;!channel&gt; R&amp;D @\u200Bhere : stock reconstitué. Unités restantes : 500. ${link()}`);
    await vi.waitFor(async () => expect(await stateOf()).not.toHaveProperty('failure_date'), PATIENCE);
    expect(await stateOf()).not.toHaveProperty('failure_cause');
  });

  it('is told again what a shutdown has cut off at the last of the tries', { tags: 'long' }, async () => {
    const asked = texts().length;
    await giveUp(503, -500, () => chat.react(() => HANG));
    await vi.waitFor(() => expect(texts().length).toBe(asked + 2), PATIENCE);
    await server.stop();
    const db = await world.openDb();
    const rows = await db.query(`SELECT attempts, leased_until FROM notices WHERE channel = 'chat'`);
    await db.close();
    expect(rows).toEqual([{ attempts: 9, leased_until: null }]);

    chat.react(() => 200);
    await start();
    await vi.waitFor(() => expect(texts().length).toBe(asked + 3), PATIENCE);
    expect(new Set(texts().slice(asked)).size).toBe(1);
    expect(await stateOf()).not.toHaveProperty('failure_date');
    await adjust(500);
    await vi.waitFor(() => expect(texts().length).toBe(asked + 4), PATIENCE);
  });

  it('says so where its address was sealed under another key, until it is set again', { tags: 'long' }, async () => {
    const error = 'the address of the chat does not open';
    const url = `${chat.url}/T00/B00/secret`;
    const elsewhere = createSeal(Buffer.alloc(32, 8)).close(url, sealedForChat(alert));
    await giveUp(503, -500, (db) => db.query('UPDATE alerts SET chat_url = $1', [elsewhere]));
    await vi.waitFor(async () => {
      expect(await stateOf()).toMatchObject({ failure_cause: error, failure_date: expect.any(String) });
    }, PATIENCE);
    expect(await test()).toEqual([{ ...SHOWN(), error }]);
    expect(server.output()).not.toContain('a job failed');

    chat.react(() => 200);
    const { chat: again } = await shop.opentopup.alerts.change(alert, { chat: { url, language: 'fr' } });
    expect(again).not.toHaveProperty('failure_date');
    await adjust(500);
    await told(`&lt;!channel&gt; R&amp;D @\u200Bhere : stock reconstitué. Unités restantes : 500. ${link()}`);
  });

  it.runIf(engine === 'postgresql')('keeps a failure that is noted while its alert is changed', async () => {
    const failure_cause = 'answered 503';
    const db = await world.openDb();
    const changed = await db.transaction(async (tx) => {
      await tx.query('UPDATE alerts SET chat_failed_at = now(), chat_failure_cause = $1', [failure_cause]);
      const change = shop.opentopup.alerts.change(alert, { units: 49 });
      await vi.waitFor(async () => {
        const waiting = await db.query(
          `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        );
        expect(waiting).toHaveLength(1);
      }, PATIENCE);
      return { change };
    });
    await db.close();
    expect(await changed.change).toMatchObject({ units: 49, chat: { failure_cause } });
    await shop.opentopup.alerts.change(alert, { units: 50 });
  });

  it.each([
    [{ url: 'https://10.0.0.1/hook' }, 'a public address is needed'],
    [{ url: 'http://8.8.8.8/hook' }, 'an https URL is needed'],
    [{ url: 'https://user:word@hooks.chat.example/hook' }, 'a name and password have no place in it'],
  ])('cannot be at %j', async (bad, detail) => {
    const refused = shop.opentopup.alerts.change(alert, { chat: bad });
    await expect(refused).rejects.toMatchObject({
      status: 400,
      reason: 'invalid_body_field',
      description: `invalid chat.url parameter in body: ${detail}`,
    });
  });

  it('is given up when it is dead at the last of the usual tries, and says so until it is set again', {
    tags: 'long',
  }, async () => {
    await giveUp(404, -495);
    await vi.waitFor(async () => {
      expect(await stateOf()).toMatchObject({ stop_cause: 'answered 404', stop_date: expect.any(String) });
    }, PATIENCE);
    expect(await stateOf()).not.toHaveProperty('failure_date');
    const date = (await stateOf())?.stop_date;
    expect(await shownInShell()).toEqual([SHOWN().address, date, '']);
    const asked = texts().length;
    await adjust(-5);
    await vi.waitFor(async () => {
      expect(await shop.opentopup.stock(world.offer('small'))).toMatchObject({ level: 'depleted' });
    }, PATIENCE);
    expect(texts().length).toBe(asked);

    chat.react(() => 200);
    const { chat: again } = await shop.opentopup.alerts.change(alert, { chat: { url: chat.url, language: 'en' } });
    expect(again).not.toHaveProperty('stop_date');
    await adjust(200);
    await told(`&lt;!channel&gt; R&amp;D @\u200Bhere: stock refilled. Units left: 200. ${link()}`);
    // What was told while it was given up is not told later.
    expect(texts().length).toBe(asked + 1);
  });

  it('is written to again once it takes a test message', { tags: 'long' }, async () => {
    await giveUp(410, -170);
    await vi.waitFor(async () => expect(await stateOf()).toMatchObject({ stop_cause: 'answered 410' }), PATIENCE);
    expect(await test()).toEqual([{ ...SHOWN(), error: 'answered 410' }]);
    expect(await stateOf()).toHaveProperty('stop_date');
    chat.react(() => 200);
    expect(await test()).toEqual([SHOWN()]);
    await told('OpenTopup: this is a test. Stock alerts are written here. https://console.example/stock/alerts');
    expect(await stateOf()).not.toHaveProperty('stop_date');
    await adjust(170);
    await told(`&lt;!channel&gt; R&amp;D @\u200Bhere: stock refilled. Units left: 200. ${link()}`);
  });

  it('is tested with the e-mails of the alert: each tells at once what came of it, and nothing is tried again', async () => {
    const [first, second] = ['stock@shop.example', 'boss@shop.example'];
    await shop.opentopup.alerts.change(alert, { emails: [first, second] });
    expect(await test()).toEqual([
      { channel: 'email', address: first },
      { channel: 'email', address: second },
      SHOWN(),
    ]);
    expect(new Set(mailServer.mails.flatMap(({ to }) => to))).toEqual(new Set([first, second]));
    expect(mailServer.mails[0]?.text).toContain('Ceci est un essai.');

    mailServer.refuseWith(550);
    chat.react(() => 404);
    const asked = texts().length;
    const refused = expect.stringMatching(/^answered 550 \(\w+( \w+)*\)$/);
    expect(await test()).toEqual([
      { channel: 'email', address: first, error: refused },
      { channel: 'email', address: second, error: refused },
      { ...SHOWN(), error: 'answered 404' },
    ]);
    expect(texts().length).toBe(asked + 1);
    expect(await stateOf()).not.toHaveProperty('failure_date');
    mailServer.refuseWith(null);
    await shop.opentopup.alerts.change(alert, { emails: [] });
  });

  it('is given up on within a time when it hangs at a test', { tags: 'long' }, async () => {
    chat.react(() => HANG);
    expect(await test()).toEqual([{ ...SHOWN(), error: 'no answer within 15 seconds' }]);
    chat.react(() => 204);
  });

  it('is not tested by another distributor, nor for an alert that is none', async () => {
    const other = distributorClient(server, { ...world.demo, ...world.demo.other }, PATIENT);
    await expect(other.opentopup.alerts.test(alert)).rejects.toMatchObject({ status: 404, reason: 'not_found' });
  });

  it('is told for how many days the stock is enough', { tags: 'long' }, async () => {
    await server.stop();
    const db = await world.openDb();
    const first = Math.floor(Date.now() / HOUR_MS) - 20 * 24;
    const grant = {
      kind: 'grant',
      offer_id: world.offer('empty'),
      units: 300,
      reference: 'PO-1',
      justification: '-',
    } as const;
    await db.transaction((tx) => bookUnits(tx, grant, new Date(first * HOUR_MS), 1_000));
    // Ten units on each of twenty days: 100 are left.
    const hours = Array.from({ length: 480 }, (_, i) => first + i).filter((hour) => hour % 24 < 10);
    const moments = hours.map((hour) => new Date(hour * HOUR_MS + 60_000));
    await replay(db, world.offer('empty'), moments);
    await db.close();
    await start();
    await shop.opentopup.alerts.create({
      offer_id: world.offer('empty'),
      days_of_cover: 12,
      chat: { url: chat.url, language: 'fr' },
    });
    const enough = /stock faible\. Unités restantes : 100, de quoi tenir (9|10|11)\sjours\. https/;
    await vi.waitFor(() => expect(texts().at(-1)).toMatch(enough), PATIENCE);
  });

  it('has no link where nobody has said where people reach the console', { tags: 'long' }, async () => {
    await server.stop();
    const { PUBLIC_URL: _, ...env } = ENV;
    await start(env);
    await adjust(-170);
    const low = '&lt;!channel&gt; R&amp;D @\u200Bhere: stock low. Units left: 30.';
    await vi.waitFor(() => expect(texts().at(-1)).toBe(low), PATIENCE);
  });

  it('is not called at a test where its address is not allowed any more', { tags: 'long' }, async () => {
    await server.stop();
    await start({ ...ENV, WEBHOOK_ALLOW: '192.0.2.1' });
    const asked = texts().length;
    await shop.opentopup.alerts.change(alert, { units: 51 });
    expect(await test()).toEqual([{ ...SHOWN(), error: 'a public address is needed' }]);
    expect(texts().length).toBe(asked);
  });

  it('is tested twenty times in a quarter of an hour at most', async () => {
    const results = await Promise.allSettled(Array.from({ length: 21 }, test));
    const refused = results.filter(({ status }) => status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    for (const each of refused) expect(each).toMatchObject({ reason: { status: 429, reason: 'too_many_requests' } });
  });

  it('is left with null', async () => {
    expect(await shop.opentopup.alerts.change(alert, { chat: null })).not.toHaveProperty('chat');
  });
});
