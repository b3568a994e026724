import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

export const ARTIFACTS = join(import.meta.dirname, '../../../../artifacts/console');
const SIZES = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 850 } };
/** Each follows from the one before by the button that changes the language. All of them with `LONG=1`. */
const LOOKS =
  process.env['LONG'] === '1'
    ? ([
        ['light', 'fr'],
        ['light', 'en'],
        ['dark', 'fr'],
        ['dark', 'en'],
      ] as const)
    : ([
        ['light', 'fr'],
        ['dark', 'en'],
      ] as const);

/** Sentences of a page that are English: what somebody has named, and what stands as code, is nobody's language. */
const englishOn = (page: Page): Promise<string[]> =>
  page.evaluate(`(() => {
    const english = /(?<![\\p{L}_])(the|is|are|was|not|with|which|this|that|your|you|has|have|it|its|and|of)(?![\\p{L}_])/iu;
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest('code, pre, script, style, option')) continue;
      if (english.test(node.data)) found.push(node.data.trim());
    }
    return found;
  })()`);

/** What there was to look at: the pictures wider than their screen, and in how many places English was English. */
interface Looks {
  tooWide: string[];
  english: number;
}

/** Takes a picture of a page in each of its looks; nothing of it may be English while it is in French. */
export async function pictures(page: Page, name: string): Promise<Looks> {
  await mkdir(ARTIFACTS, { recursive: true });
  const looks: Looks = { tooWide: [], english: 0 };
  expect({ name, english: await englishOn(page) }).toEqual({ name, english: [] });
  for (const [i, [colorScheme, language]] of LOOKS.entries()) {
    await page.emulateMedia({ colorScheme });
    if (i > 0) await page.getByRole('button', { name: language === 'en' ? 'English' : 'Français' }).click();
    if (language === 'en') looks.english += (await englishOn(page)).length;
    for (const [size, viewport] of Object.entries(SIZES)) {
      await page.setViewportSize(viewport);
      const file = `${name}-${size}-${colorScheme}-${language}.png`;
      await page.screenshot({ path: join(ARTIFACTS, file), fullPage: true, animations: 'disabled' });
      if (await page.evaluate('document.documentElement.scrollWidth > innerWidth')) looks.tooWide.push(file);
    }
  }
  // The next page begins in French again.
  await page.evaluate(`localStorage.removeItem('opentopup.language')`);
  return looks;
}
