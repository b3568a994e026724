import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { Operator, TravelB2B } from '@opentopup/client';
import { allOf, CommandLine } from '@opentopup/client/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { distributorClient, operatorOf } from '../support/caller.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { createWorld, type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';

const DAY_MS = 86_400_000;

describe.each(ENGINES)('the story of a sale on %s', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let shop: TravelB2B;
  let operator: Operator;

  const start = async (at?: Date, env: Record<string, string> = {}): Promise<void> => {
    server = await world.start({ SEALING_KEY, ...env }, at);
    shop = distributorClient(server, world.demo);
    operator = operatorOf(server, world.demo.admin_token);
  };
  beforeAll(async () => {
    world = await createWorld(engine);
    await start();
  });
  afterAll(() => world.remove());

  const order = (msisdn: string) =>
    shop.topups.create(
      { offer_id: world.offer('msisdn'), reference: randomUUID(), parameters: { msisdn } },
      { isNew: true },
    );
  const sell = async (): Promise<string> => {
    const sale = await order('+33684587587');
    if (sale.status !== 'ok') throw new Error(`not sold: ${sale.status}`);
    return sale.transaction.id;
  };
  const open = async (url: string, language = 'fr') => {
    const answer = await fetch(url, { headers: { 'Accept-Language': language } });
    return { status: answer.status, text: await answer.text() };
  };

  it('is seen by whoever has the link, with everything but the number, and each opening is in the audit trail', async () => {
    const id = await sell();
    const link = await shop.opentopup.disputeLinks.create(id, { days: 7 });
    await operator.transactions.reverse(id, { reason: 'not_delivered', justification: 'Ticket 4711' });
    const page = await open(link.url);
    expect(page.status).toBe(200);
    for (const text of ['Annulée', 'Mobile France 10 EUR', '+33 6 •• •• •• 87', 'réservée', 'vendue', 'retour', id]) {
      expect(page.text).toContain(text);
    }
    const file = await open(`${link.url}/file`);
    expect(JSON.parse(file.text).document).toMatchObject({
      type: 'sale',
      id,
      outcome: { status: 'ko', reason: 'reversed' },
      reversal: { reason: 'not_delivered' },
      attempts: [{ number: 1, status: 'ok' }],
      ledger: [{ kind: 'hold' }, { kind: 'sell' }, { kind: 'return' }].map((each) => ({
        ...each,
        hash: expect.stringMatching(/^[\da-f]{64}$/),
      })),
    });
    for (const { text } of [page, file]) expect(text).not.toContain('84587587');
    const trail = await allOf(operator.audit({ subject: link.id }));
    expect(trail.map(({ action }) => action)).toEqual([
      'dispute_link.opened',
      'dispute_link.opened',
      'dispute_link.created',
    ]);
  });

  it('tells what was said to the supplier only by a link of the operator', async () => {
    const refused = await order('+33684587002');
    const id = refused.status === 'refused' ? (refused.transactionId ?? '') : '';
    const ours = await operator.disputeLinks.create(id, { days: 1 });
    const theirs = await shop.opentopup.disputeLinks.create(id, { days: 1 });
    await vi.waitFor(
      async () => {
        const { document } = JSON.parse((await open(`${ours.url}/file`)).text);
        expect(document.exchanges.length).toBeGreaterThan(0);
        expect(JSON.stringify(document)).not.toContain('84587002');
      },
      { timeout: 60_000, interval: 2_500 },
    );
    expect(JSON.parse((await open(`${theirs.url}/file`)).text).document.exchanges).toBeUndefined();
    // What the operator has made, a distributor neither sees nor closes.
    expect((await allOf(shop.opentopup.disputeLinks.list(id))).map((each) => each.id)).toEqual([theirs.id]);
    await expect(shop.opentopup.disputeLinks.revoke(ours.id)).rejects.toMatchObject({ status: 404 });
  });

  it('is no one else’s to share', async () => {
    const id = await sell();
    const link = await shop.opentopup.disputeLinks.create(id, { days: 1 });
    const others = distributorClient(server, world.demo.sandbox);
    await expect(others.opentopup.disputeLinks.create(id, { days: 1 })).rejects.toMatchObject({ status: 404 });
    await expect(others.opentopup.disputeLinks.revoke(link.id)).rejects.toMatchObject({ status: 404 });
    expect(await allOf(others.opentopup.disputeLinks.list(id))).toEqual([]);
  });

  it('proves itself without a server, and not where anything of it is changed', async () => {
    const { url, ...link } = await shop.opentopup.disputeLinks.create(await sell(), {});
    expect(Date.parse(link.expiration_date) - Date.parse(link.creation_date)).toBe(14 * DAY_MS);
    const shell = await CommandLine.create();
    try {
      await writeFile(shell.file('jwks.json'), (await open(`${server.baseUrl}/.well-known/jwks.json`)).text);
      const { text } = await open(`${url}/file`);
      const verify = async (what: string) => {
        await writeFile(shell.file('sale.json'), what);
        return shell.run('verify', shell.file('sale.json'), '--keys', shell.file('jwks.json'));
      };
      expect(await verify(text)).toMatchObject({ exit: 0 });
      expect(await verify(text.replace('"status": "ok"', '"status": "ko"'))).toMatchObject({ exit: 1 });
    } finally {
      await shell.remove();
    }
  });

  it('is not told any more once its link is closed, or its time is over', async () => {
    const id = await sell();
    const [closed, over] = [
      await shop.opentopup.disputeLinks.create(id, { days: 1 }),
      await shop.opentopup.disputeLinks.create(id, { days: 1 }),
    ];
    const first = await shop.opentopup.disputeLinks.revoke(closed.id);
    expect(await shop.opentopup.disputeLinks.revoke(closed.id)).toEqual(first);
    const gone = { status: 404, text: expect.stringContaining('ne compte plus') };
    expect(await open(closed.url)).toMatchObject(gone);
    expect(await open(`${closed.url}/file`)).toMatchObject({ status: 404 });
    expect(await open(`${server.baseUrl}/d/${'a'.repeat(43)}`)).toMatchObject(gone);
    expect(await open(over.url)).toMatchObject({ status: 200 });

    await server.stop();
    await start(new Date(Date.now() + 2 * DAY_MS));
    const { pathname } = new URL(over.url);
    expect(await open(`${server.baseUrl}${pathname}`)).toMatchObject(gone);
    expect(await allOf(shop.opentopup.disputeLinks.list(id))).toHaveLength(2);

    // Retention removes what has ended long ago, and nothing else.
    const still = await shop.opentopup.disputeLinks.create(id, { days: 90 });
    await server.stop();
    await start(new Date(Date.now() + 40 * DAY_MS), { RETENTION_DAYS: '31' });
    await vi.waitFor(
      async () =>
        expect((await allOf(shop.opentopup.disputeLinks.list(id))).map((link) => link.id)).toEqual([still.id]),
      { timeout: 60_000 },
    );
  });
});
