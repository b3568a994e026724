import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChromium } from '../support/chromium.ts';
import { signInTo } from '../support/console.ts';
import { Scene } from '../support/gateway-people.ts';

describe('an offer that costs more than it brings', () => {
  let scene: Scene;
  let browser: Browser;

  beforeAll(async () => {
    [scene, browser] = await Promise.all([Scene.open('pglite'), startChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await scene?.close();
  });

  it('is shown as not on sale, without its cost, and the operator, who is shown it, puts it back', async () => {
    const { people, server, gateway } = scene;
    const [there, here] = await scene.take();
    there.resell_value = 9.5;
    await people.read();
    const { page: shop } = await signInTo(browser, `${server.baseUrl}/sell`, gateway.world.demo.console.seller);
    const row = shop.getByRole('listitem').filter({ hasText: there.name });
    await row.getByText('N’est pas en vente pour le moment').waitFor();
    expect(await row.innerText()).not.toMatch(/9,50/);

    const { page: boss } = await signInTo(browser, `${server.baseUrl}/stock`, gateway.world.demo.console.operator);
    await boss.getByRole('button', { name: `Remettre en vente : ${there.name}` }).click();
    const dialog = boss.getByRole('alertdialog');
    await dialog.getByText(/se vend 7,92.* la facture 9,50/).waitFor();
    await dialog.getByRole('button', { name: 'Remettre en vente', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await people.statusOf(here)).toBe('available');
    await row.getByText('en stock').waitFor();
  });
});
