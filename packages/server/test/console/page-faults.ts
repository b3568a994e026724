import axe from 'axe-core';
import type { Page } from 'playwright-core';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds on a page as it stands, each with where. */
export async function faultsHere(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate(`axe.run({ runOnly: ${JSON.stringify(RULES)} })`)) as axe.AxeResults;
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${page.url()} ${id}: ${html}`));
}

/** Opens pages one after the other, and gives what axe finds on them. */
export async function pageFaults(page: Page, baseUrl: string, paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    await page.goto(baseUrl + path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('.skeleton').waitFor({ state: 'detached' });
    found.push(...(await faultsHere(page)));
  }
  return found;
}
