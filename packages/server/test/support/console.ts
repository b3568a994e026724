import type { Browser, Page } from 'playwright-core';
import type { Person } from './browser.ts';

/** What somebody looks at. */
export interface Screen {
  page: Page;
  /** What the browser has complained about: broken scripts, and what the page is not allowed to do. */
  complaints: string[];
}

interface Look {
  phone?: boolean;
  /** As many pixels as telephones have. */
  sharp?: boolean;
  dark?: boolean;
  locale?: string;
}

/** Somebody's browser on a page of the console, in French unless told. */
export async function lookAt(browser: Browser, url: string, look: Look = {}): Promise<Screen> {
  const context = await browser.newContext({
    locale: look.locale ?? 'fr-FR',
    colorScheme: look.dark ? 'dark' : 'light',
    deviceScaleFactor: look.sharp ? 3 : 1,
    viewport: look.phone ? { width: 390, height: 844 } : { width: 1280, height: 850 },
  });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy|violates/.test(message.text())) complaints.push(message.text());
  });
  await page.goto(url);
  return { page, complaints };
}

/** Fills in the form of the sign-in. */
export async function fillSignIn(page: Page, { email, password }: Person): Promise<void> {
  await page.getByLabel('Adresse e-mail').fill(email);
  await page.getByLabel('Mot de passe').fill(password);
  await page.getByRole('button', { name: 'Se connecter' }).click();
}

/** Somebody's browser, signed in. */
export async function signInTo(browser: Browser, url: string, person: Person, look: Look = {}): Promise<Screen> {
  const screen = await lookAt(browser, url, { ...look, locale: 'fr-FR' });
  await fillSignIn(screen.page, person);
  await screen.page.getByRole('navigation', { name: 'Navigation' }).waitFor();
  return screen;
}
