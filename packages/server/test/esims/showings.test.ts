import { randomUUID } from 'node:crypto';
import type { TravelB2B } from '@opentopup/client';
import { allOf, CommandLine } from '@opentopup/client/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { profileOf } from '../../src/connectors/simulator/profile.ts';
import { dateOf } from '../../src/database/ids.ts';
import { forgetSome } from '../../src/sales/retention.store.ts';
import { type Browser, signInAs } from '../support/browser.ts';
import { distributorClient, operatorOf } from '../support/caller.ts';
import { makePair } from '../support/rsa.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

const PAIR = makePair();

describe.each(ENGINES)('what installs an eSIM on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let shop: TravelB2B;
  let till: Browser;

  beforeAll(async () => {
    world = await createWorld(engine);
    await start();
  });
  afterAll(() => world.remove());

  const start = async (at?: Date): Promise<void> => {
    server = await world.start({ SEALING_KEY }, at);
    shop = distributorClient(server, world.demo);
    till = await signInAs(server, world.demo.console.seller);
  };
  const sell = async (): Promise<string> => {
    const sale = await shop.esims.create({ offer_id: world.offer('esim'), reference: randomUUID() }, { isNew: true });
    if (sale.status !== 'ok') throw new Error(`not sold: ${JSON.stringify(sale)}`);
    return sale.transaction.id;
  };
  const show = (id: string) => shop.opentopup.esims.show(id);
  const refused = (reason: string, status = 409) => ({ status, reason });
  const audited = async (subject: string): Promise<string[]> => {
    const operator = operatorOf(server, world.demo.admin_token);
    const entries = await allOf(operator.audit({ subject }));
    return entries.map(({ action, actor }) => `${action} by ${actor.split(' ')[0]}`);
  };

  it('is read by the distributor alone until that is changed; and changed back only where it then could', async () => {
    expect(await shop.opentopup.esims.holder()).toEqual({ holder: 'distributor' });
    const order = { offer_id: world.offer('esim'), reference: randomUUID() };
    expect(await shop.esims.create(order, { isNew: true })).toMatchObject({ reason: 'missing_key' });
    expect(await shop.opentopup.esims.setHolder('server')).toEqual({ holder: 'server' });
    await expect(shop.opentopup.esims.setHolder('distributor')).rejects.toMatchObject(refused('no_own_key'));
    expect(await shop.opentopup.esims.holder()).toEqual({ holder: 'server' });
  });

  it('is shown by the server without any key of the distributor, each time noted in the audit trail', async () => {
    const id = await sell();
    expect((await shop.transactions.get(id)).parameters.activation_code).toBeUndefined();
    expect(await show(id)).toEqual({ lpa: profileOf(id).activation_code });
    expect((await till.post(`/v1/transactions/${id}/esim-showings`, {})).body).toEqual({
      lpa: profileOf(id).activation_code,
    });
    expect(await audited(id)).toEqual(['esim.shown by account', 'esim.shown by client']);
  });

  it('is in nothing else that somebody who is signed in is shown', async () => {
    const id = await sell();
    const { matching_id } = profileOf(id);
    for (const path of [`/distributors/transactions/${id}`, '/distributors/transactions', '/v1/events']) {
      const { status, body } = await till.get(path);
      expect([status, JSON.stringify(body).includes(matching_id)]).toEqual([200, false]);
    }
    // The Travel B2B API gives it to programs.
    expect((await shop.transactions.get(id)).parameters.matching_id).toBe(matching_id);
  });

  it('stays with whom it was delivered to, whatever is chosen later, also for what was sold before', async () => {
    const ofServer = await sell();
    await shop.keys.set(PAIR.publicPem);
    await shop.opentopup.esims.setHolder('distributor');
    const ofShop = await sell();
    await expect(show(ofShop)).rejects.toMatchObject(refused('esim_not_held'));
    const { activation_code = '' } = (await shop.transactions.get(ofShop)).parameters;
    expect(PAIR.decrypt(activation_code)).toBe(profileOf(ofShop).activation_code);
    expect(await show(ofServer)).toEqual({ lpa: profileOf(ofServer).activation_code });

    await shop.opentopup.esims.setHolder('server');
    await expect(show(ofShop)).rejects.toMatchObject(refused('esim_not_held'));
    expect(await audited(ofShop)).toEqual([]);
  });

  it('is shown to nobody else: not to another distributor, its own sandbox, or the operator', async () => {
    const id = await sell();
    for (const client of [world.demo.other, world.demo.sandbox]) {
      const stranger = distributorClient(server, client);
      await expect(stranger.opentopup.esims.show(id)).rejects.toMatchObject(refused('not_found', 404));
    }
    const operator = await signInAs(server, world.demo.console.operator);
    expect((await operator.post(`/v1/transactions/${id}/esim-showings`, {})).status).toBe(403);
    expect((await till.send('PUT', '/v1/esims/holder', {}, '{}')).status).toBe(403);
    expect(await audited(id)).toEqual([]);
  });

  it('is refused of a sale that has none, of one that is annulled, once it is forgotten, and to sellers a day after the sale', async () => {
    const topup = { offer_id: world.offer('msisdn'), reference: randomUUID(), parameters: { msisdn: '+33684587587' } };
    const sale = await shop.topups.create(topup, { isNew: true });
    if (sale.status !== 'ok') throw new Error('not sold');
    await expect(show(sale.transaction.id)).rejects.toMatchObject(refused('no_esim'));

    const [annulled, forgotten] = [await sell(), await sell()];
    const operator = operatorOf(server, world.demo.admin_token);
    await operator.transactions.reverse(annulled, { reason: 'mistake', justification: 'Sold by mistake' });
    await expect(show(annulled)).rejects.toMatchObject(refused('no_esim'));
    expect(await audited(annulled)).not.toContain('esim.shown by client');

    const kept = await sell();
    await server.stop();
    const db = await world.openDb();
    await forgetSome(db, dateOf(kept));
    await db.close();
    await start(new Date(Date.now() + 25 * 3_600_000));
    await expect(show(forgotten)).rejects.toMatchObject(refused('no_esim'));
    const late = await till.post(`/v1/transactions/${kept}/esim-showings`, {});
    expect([late.status, late.body.description]).toEqual([403, expect.stringContaining('24 hours')]);
    expect(await show(kept)).toEqual({ lpa: profileOf(kept).activation_code });
    await server.stop();
    await start();
  });

  it('is shown on the command line', async () => {
    const id = await sell();
    const { client_id, client_secret } = world.demo;
    const shell = await CommandLine.create({
      OPENTOPUP_URL: server.baseUrl,
      OPENTOPUP_CLIENT_ID: client_id,
      OPENTOPUP_CLIENT_SECRET: client_secret,
    });
    try {
      const shown = await shell.run('esim', 'show', id, '--open');
      expect(shown).toMatchObject({ exit: 0, stdout: expect.stringContaining(profileOf(id).activation_code) });
      expect(await shell.run('esim', 'holder')).toMatchObject({ exit: 0, stdout: expect.stringContaining('server') });
      expect(await shell.run('esim', 'holder', 'nobody')).toMatchObject({ exit: 2 });
    } finally {
      await shell.remove();
    }
  });

  it('is shown to one account only so often: a stolen session does not empty the books', async () => {
    const id = await sell();
    const statuses: number[] = [];
    for (let showing = 0; showing < 61; showing++) {
      statuses.push((await till.post(`/v1/transactions/${id}/esim-showings`, {})).status);
    }
    expect([statuses.filter((status) => status === 201).length >= 59, statuses.at(-1)]).toEqual([true, 429]);
  });
});
