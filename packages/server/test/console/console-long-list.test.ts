import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PathCaller, signInClient } from '../support/caller.ts';
import { startChromium } from '../support/chromium.ts';
import { signInTo } from '../support/console.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';

/** Far more than a page can hold as rows; with `LONG=1` as many as a good year brings a shop. */
const SALES = process.env['LONG'] ? 100_000 : 20_000;
const MB = 1024 * 1024;
/** Of one of so many rows, some hundred bytes are kept. */
const MOST_HEAP = 30 * MB + SALES * 1_500;
const MOST_ELEMENTS = 2_000;
const FRAMES = 60;
/** Bytes a second, so few that an export takes minutes. */
const SLOWLY = 20_000;

/** Sales of an offer that went well, one each minute until an hour ago. */
const HISTORY = `
WITH sale AS (
  SELECT i, at, (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7000800000000000'
                 || lpad(to_hex(i % 65536), 4, '0'))::uuid AS id
  FROM generate_series(1, $2::integer) AS i
  CROSS JOIN LATERAL (SELECT now() - interval '1 hour' - interval '1 minute' * ($2::integer - i)) AS t(at)
), begun AS (
  INSERT INTO transactions (distributor_id, id, offer_id, offer_version, line, created_at)
  SELECT o.distributor_id, sale.id, o.id, 1, '+336' || lpad(sale.i::text, 8, '0'), sale.at FROM sale, offers o WHERE o.id = $1
), resolved AS (
  INSERT INTO resolutions (distributor_id, transaction_id, status, at)
  SELECT o.distributor_id, sale.id, 'ok', sale.at FROM sale, offers o WHERE o.id = $1
)
INSERT INTO sales_hourly (distributor_id, offer_id, hour, created, ok)
SELECT o.distributor_id, o.id, date_trunc('hour', sale.at), count(*), count(*) FROM sale, offers o WHERE o.id = $1
GROUP BY 1, 2, 3`;

/** Scrolls for some frames, a few rows in each, and tells how long they took: the middle one, and the longest. */
const SCROLL = `(direction) => new Promise((resolve) => {
  const times = [];
  let last = performance.now();
  const step = (now) => {
    times.push(now - last);
    last = now;
    if (times.length > ${FRAMES}) {
      const sorted = times.slice(1).sort((a, b) => a - b);
      resolve({ middle: sorted[sorted.length >> 1], longest: sorted.at(-1) });
      return;
    }
    window.scrollBy(0, direction * 200);
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})`;

interface Frames {
  middle: number;
  longest: number;
}

describe(`a list of ${SALES} transactions`, () => {
  let world: DemoPlace;
  let server: RunningServer;
  let browser: Browser;
  let shop: PathCaller;
  let page: Page;
  let devTools: CDPSession;
  const asked: string[] = [];

  beforeAll(async () => {
    world = await createWorld('postgresql');
    const db = await world.openDb();
    await db.query(HISTORY, [world.offer('msisdn'), SALES]);
    await db.script('ANALYZE');
    await db.close();
    [server, browser] = await Promise.all([world.start({ LOG_LEVEL: 'warn' }), startChromium()]);
    shop = await signInClient(server, world.demo);
    ({ page } = await signInTo(browser, `${server.baseUrl}/transactions`, world.demo.console.seller));
    page.on('request', (request) => {
      if (/\/distributors\/transactions\?/.test(request.url())) asked.push(request.url());
    });
    devTools = await page.context().newCDPSession(page);
    await devTools.send('Performance.enable');
    await page.getByRole('listitem').nth(10).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await world?.remove();
  });

  const scroll = (direction: 1 | -1): Promise<Frames> => page.evaluate(`(${SCROLL})(${direction})`) as Promise<Frames>;
  const elements = (): Promise<number> => page.evaluate('document.querySelectorAll("*").length') as Promise<number>;
  const heap = async (): Promise<number> => {
    await devTools.send('HeapProfiler.collectGarbage');
    const { metrics } = await devTools.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN;
  };

  /** How many there are by now: a test that is run again has sold already. */
  const total = async (): Promise<number> =>
    (await shop.get('/distributors/transactions/count')).body['count'] as number;
  const receive = (downloadThroughput: number) =>
    devTools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      uploadThroughput: -1,
      downloadThroughput,
    });

  it('is scrolled to its end, with as few rows on the page there as at its beginning, and as smoothly', async () => {
    await page.evaluate('window.scrollTo(0, 0)');
    const count = await total();
    expect(count).toBeGreaterThanOrEqual(SALES);
    const first = await scroll(1);
    let most = await elements();
    const last = page.locator(`li[aria-posinset="${count}"]`);
    await expect
      .poll(
        async () => {
          await page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)');
          most = Math.max(most, await elements());
          return last.count();
        },
        { timeout: 280_000, interval: 50 },
      )
      .toBe(1);
    expect(await last.getAttribute('aria-setsize')).toBe(String(count));
    expect(await last.innerText()).toContain('+33600000001');
    expect(most).toBeLessThan(MOST_ELEMENTS);
    const end = await scroll(-1);
    // Frames are as long as the machine makes them; what grows with the list would show in all of them.
    expect(end.middle).toBeLessThan(first.middle * 3 + 50);
    expect(end.longest).toBeLessThan(first.longest * 3 + 500);
    expect(await heap()).toBeLessThan(MOST_HEAP);
  }, 300_000);

  it('shows a new sale on top at once, for a request or two, and stays where it is read', async () => {
    await page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight / 2)');
    await scroll(-1);
    const count = await total();
    const shown = page.locator('li[aria-posinset]').nth(10);
    const before = asked.length;
    const line = await shown.innerText();
    const { y } = (await shown.boundingBox()) ?? { y: Number.NaN };
    await shop.sell(world.offer('msisdn'), { msisdn: '0684587587' });
    await expect.poll(() => page.locator(`li[aria-setsize="${count + 1}"]`).count(), { timeout: 60_000 }).not.toBe(0);
    const still = page.locator('li').filter({ hasText: line.split('\n')[0] ?? '' });
    expect((await still.boundingBox())?.y).toBeCloseTo(y, 0);
    expect(asked.length - before).toBeLessThan(5);
    await page.evaluate('window.scrollTo(0, 0)');
    await page.locator('li[aria-posinset="1"]').filter({ hasText: '+33684587587' }).waitFor();
  });

  it('is exported whole, telling how far that is; or given up', async () => {
    await receive(-1);
    await page.reload();
    await page.getByRole('listitem').nth(10).waitFor();
    const count = await total();
    const written = new Intl.NumberFormat('fr').format(count).replaceAll(/\s/g, String.raw`\s`);
    await page.getByLabel('Fichier').selectOption('CSV');
    const button = page.getByRole('button', { name: 'Exporter', exact: true });
    const underWay = page.getByText(new RegExp(String.raw`^[1-9][\d\s]* sur ${written}$`));
    const before = await heap();
    const download = page.waitForEvent('download', { timeout: 280_000 });
    await receive(SLOWLY);
    await button.click();
    await underWay.waitFor();
    await receive(-1);
    const file = await download;
    let lines = 0;
    let bytes = 0;
    for await (const chunk of await file.createReadStream()) {
      bytes += (chunk as Buffer).length;
      for (const byte of chunk as Buffer) if (byte === 10) lines += 1;
    }
    expect(lines).toBe(count + 1);
    await page.getByText(new RegExp(String.raw`^${written} lignes exportées\.$`)).waitFor();
    expect((await heap()) - before).toBeLessThan(bytes / 2);

    await receive(SLOWLY);
    await button.click();
    await underWay.waitFor();
    await page.getByRole('button', { name: 'Arrêter l’export' }).click();
    await page.getByText('Export arrêté.').waitFor();
  }, 300_000);
});
