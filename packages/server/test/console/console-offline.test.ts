import { once } from 'node:events';
import { request as ask, createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChromium } from '../support/chromium.ts';
import { lookAt, signInTo } from '../support/console.ts';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';

const AWAY = 'Le serveur ne répond pas.';

/** What stands between browser and server, and marks each page as of a version. */
async function upgradable(server: () => RunningServer, version: () => number): Promise<Server> {
  const proxy = createServer((incoming, outgoing) => {
    const { method, url = '/', headers } = incoming;
    const mark = async (answer: IncomingMessage): Promise<void> => {
      const { 'content-length': length, ...others } = answer.headers;
      const isPage = String(others['content-type']).startsWith('text/html');
      outgoing.writeHead(answer.statusCode ?? 502, isPage || length === undefined ? others : answer.headers);
      if (!isPage) {
        answer.pipe(outgoing);
        return;
      }
      const html = (await answer.toArray()).join('');
      outgoing.end(html.replace('<head>', `<head><meta name="version" content="${version()}">`));
    };
    const onward = ask(new URL(url, server().baseUrl), { method, headers }, (answer) => void mark(answer));
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return proxy;
}

describe('the console without a network', () => {
  let world: DemoPlace;
  let server: RunningServer;
  let browser: Browser;

  beforeAll(async () => {
    world = await createWorld('pglite');
    [server, browser] = await Promise.all([world.start({ LOG_LEVEL: 'warn' }), startChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await world?.remove();
  });

  /** Waits until the page can be opened without the server. */
  const whenKept = (page: Page): Promise<unknown> =>
    page.evaluate(`navigator.serviceWorker.controller ?? new Promise((kept) =>
      navigator.serviceWorker.addEventListener('controllerchange', () => kept(true), { once: true }))`);
  const keptFiles = async (page: Page): Promise<string[]> =>
    (await page.evaluate(`(async () => {
      const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
      const kept = await Promise.all(caches_.map((cache) => cache.keys()));
      return kept.flat().map(({ url }) => new URL(url).pathname);
    })()`)) as string[];

  it('opens, says where one looks that the server is away, and goes on by itself, still signed in', async () => {
    const { page, complaints } = await signInTo(browser, `${server.baseUrl}/stock`, world.demo.console.seller);
    await page.getByRole('heading', { level: 1, name: 'Stock' }).waitFor();
    await whenKept(page);
    const { port } = new URL(server.baseUrl);
    await server.kill();
    await page.reload();
    await page.getByText(AWAY).waitFor();
    await page.getByRole('button', { name: 'Regarder à nouveau' }).click();
    await page.context().setOffline(true);
    await page.getByText('Cet appareil n’a pas de réseau').waitFor();
    await page.context().setOffline(false);
    server = await world.start({ LOG_LEVEL: 'warn', PORT: port });
    await page.getByRole('heading', { level: 1, name: 'Stock' }).waitFor();
    expect(await page.getByText(AWAY).count()).toBe(0);

    // Further down a long page, too.
    await page.setViewportSize({ width: 390, height: 400 });
    await page.evaluate('scrollTo(0, document.body.scrollHeight)');
    await page.context().setOffline(true);
    await page.evaluate(`fetch('/live').catch(() => 0)`);
    await page.getByRole('link', { name: 'Transactions' }).click();
    await page.getByText('Cet appareil n’a pas de réseau').waitFor();
    const box = await page.getByText('Cet appareil n’a pas de réseau').boundingBox();
    expect(box?.y).toBeLessThan(400);
    await page.context().setOffline(false);
    expect(complaints).toEqual([]);
  });

  it('keeps the program and nothing else, and leaves nothing of who signs out', async () => {
    const { page } = await signInTo(browser, `${server.baseUrl}/transactions`, world.demo.console.distributor_admin);
    await whenKept(page);
    const kept = await keptFiles(page);
    expect(kept.length).toBeGreaterThan(5);
    expect(kept.filter((path) => path !== '/' && !path.startsWith('/assets/'))).toEqual([]);
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await page.getByLabel('Adresse e-mail').waitFor();
    expect(await keptFiles(page)).toEqual(kept);
    expect(await page.evaluate('Object.keys(sessionStorage)')).toEqual([]);
    const local = (await page.evaluate('Object.keys(localStorage)')) as string[];
    expect(local.filter((name) => !['opentopup.theme', 'opentopup.language'].includes(name))).toEqual([]);
    expect(await page.evaluate('document.cookie')).toBe('');
  });

  it('never shows a page older than the server', async () => {
    let version = 1;
    const proxy = await upgradable(
      () => server,
      () => version,
    );
    const { page } = await lookAt(browser, `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/`);
    const shown = () => page.locator('meta[name=version]').getAttribute('content');
    await page.getByLabel('Adresse e-mail').waitFor();
    await whenKept(page);
    expect(await shown()).toBe('1');
    version = 2;
    await page.reload();
    await page.getByLabel('Adresse e-mail').waitFor();
    expect(await shown()).toBe('2');
    proxy.closeAllConnections();
    proxy.close();
  });

  it('says where a plot cannot be drawn, and has its figures in the table all the same', async () => {
    const { page } = await signInTo(browser, server.baseUrl, world.demo.console.distributor_admin);
    await page.route(/uplot[^/]*\.js/i, (route) => route.abort());
    await page.goto(`${server.baseUrl}/stock/${world.offer('msisdn')}`);
    await page.getByText('Le graphique n’a pas pu être dessiné.').first().waitFor();
    await page.getByText('Les chiffres', { exact: true }).click();
    expect(await page.getByRole('table').getByRole('row').count()).toBeGreaterThan(1);
    expect(await page.locator('canvas').count()).toBe(0);
  });

  it('can be installed', async () => {
    const { page } = await lookAt(browser, server.baseUrl);
    const devtools = await page.context().newCDPSession(page);
    const { errors, url } = await devtools.send('Page.getAppManifest');
    expect([errors, new URL(url).pathname]).toEqual([[], '/manifest.webmanifest']);
    await whenKept(page);
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
    expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
  });

  it('shows a page where there is none, and tells programs in JSON', async () => {
    const { page } = await signInTo(browser, `${server.baseUrl}/no/such/page`, world.demo.console.seller);
    await page.getByRole('heading', { name: 'Cette page n’existe pas.' }).waitFor();
    await page.getByRole('link', { name: 'Aller à l’accueil' }).click();
    await page.getByRole('heading', { level: 1, name: 'Vendre' }).waitFor();
    const answers = await Promise.all(
      ['text/html,*/*;q=0.8', 'application/json', '*/*'].map((accept) =>
        fetch(`${server.baseUrl}/v1/no-such-thing`, { headers: { accept } }),
      ),
    );
    expect(answers.map(({ status, headers }) => [status, headers.get('content-type')?.split(';')[0]])).toEqual([
      [404, 'text/html'],
      [404, 'application/json'],
      [404, 'application/json'],
    ]);
  });
});
