import type { Operator, TravelB2B } from '@opentopup/client';
import { allOf } from '@opentopup/client/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { distributorClient, operatorOf, PATIENT } from '../support/caller.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, type RunningServer, STORAGE_ENGINES } from '../support/server.ts';

const PATIENCE = { timeout: 60_000, interval: 100 };
const ENV = { SEALING_KEY, WEBHOOK_ALLOW: '127.0.0.1', PUBLIC_URL: 'https://console.example' };

describe.each(STORAGE_ENGINES)('the chat of an alert on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let shop: TravelB2B;
  let operator: Operator;
  let chat: Receiver;
  let alert: string;

  const start = async (): Promise<void> => {
    server = await world.start(ENV);
    shop = distributorClient(server, world.demo, PATIENT);
    operator = operatorOf(server, world.demo.admin_token, PATIENT);
  };
  beforeAll(async () => {
    world = await createWorld(engine);
    chat = await startReceiver();
    await start();
  });
  afterAll(async () => {
    await world?.remove();
    await chat?.stop();
  });

  let orders = 0;
  const adjust = (units: number) => {
    orders += 1;
    return operator.stock.adjust(world.offer('small'), { units, reference: `INV-${orders}`, justification: 'Count' });
  };
  const link = () => `https://console.example/stock/${world.offer('small')}`;
  const texts = (): string[] => chat.received.map(({ event }) => event.text as string);
  const told = (text: string) => vi.waitFor(() => expect(texts().at(-1)).toBe(text), PATIENCE);
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
    await adjust(500);
    await vi.waitFor(() => expect(texts().length).toBe(before + 2), PATIENCE);
    expect(new Set(texts().slice(-2)).size).toBe(1);
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

  it('is given up when it is dead at the last of the usual tries, and says so until it is set again', async () => {
    chat.react(() => 404);
    const before = texts().length;
    await adjust(-495);
    await vi.waitFor(() => expect(texts().length).toBe(before + 1), PATIENCE);
    expect(await stateOf()).not.toHaveProperty('stop_date');
    await server.stop();
    const db = await world.openDb();
    const [waiting] = await db.query<{ attempts: number }>(`SELECT attempts FROM notices WHERE channel = 'chat'`);
    expect(waiting?.attempts).toBe(1);
    const [row] = await db.query<object>('SELECT * FROM alerts');
    expect(JSON.stringify(row)).not.toContain('secret');
    // The pauses between ten tries are an hour and a half.
    await db.query(`UPDATE notices SET attempts = 9, next_at = now() - interval '1 second' WHERE channel = 'chat'`);
    await db.close();
    expect(server.output()).not.toContain('B00/secret');

    await start();
    await vi.waitFor(async () => {
      expect(await stateOf()).toMatchObject({ stop_cause: 'answered 404', stop_date: expect.any(String) });
    }, PATIENCE);
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

  it('is left with null', async () => {
    expect(await shop.opentopup.alerts.change(alert, { chat: null })).not.toHaveProperty('chat');
  });
});
