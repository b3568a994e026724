import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Answer } from '../../support/answer.ts';
import type { Browser } from '../../support/browser.ts';

const PROGRAM = join(import.meta.dirname, 'provider-program.ts');

/** What a provider says that lies. */
type Lie = 'none' | 'issuer' | 'nonce' | 'expired' | 'audience' | 'signature' | 'down' | 'page' | 'silent';

/** A sign-in provider that runs, as a process of its own. */
export interface RunningProvider {
  issuer: string;
  /** Makes somebody known there, by the name that is typed at its sign-in. */
  plant: (name: string, claims: Record<string, unknown>) => Promise<void>;
  lie: (lie: Lie) => Promise<void>;
  stop: () => Promise<void>;
}

/** How it is set at an OpenTopup. */
export const settingsOf = (issuer: string) => ({
  issuer,
  client_id: 'opentopup',
  client_secret: 'kept-by-the-provider-too',
  role_claim: 'groups',
  roles: [
    { value: 'topup-admins', role: 'distributor_admin' },
    { value: 'tills', role: 'seller' },
  ],
});

/** @param opentopup where the server is that people sign in to */
export async function startProvider(opentopup: string): Promise<RunningProvider> {
  const env = { PATH: process.env['PATH'] ?? '' };
  const child = spawn(process.execPath, [PROGRAM, opentopup], { env, stdio: 'pipe' });
  const ended = once(child, 'close');
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => (output += chunk));
  const ready = new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk;
      const issuer = /is ready at (\S+)/.exec(output)?.[1];
      if (issuer) resolve(issuer);
    });
  });
  const issuer = await Promise.race([ready, ended.then(() => '')]);
  if (!issuer) throw new Error(output);
  const control = async (path: string, body: object): Promise<void> => {
    const { status } = await fetch(`${issuer}/planted/${path}`, { method: 'POST', body: JSON.stringify(body) });
    if (status !== 204) throw new Error(`the provider answered ${status}: ${output}`);
  };
  return {
    issuer,
    plant: (name, claims) => control(name, { claims }),
    lie: (lie) => control('lie', { lie }),
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Signs somebody in at a provider as a browser does, by its forms. Gives what it sends the browser back with. */
export async function signInThere(url: string, name: string): Promise<string> {
  const jar = new Map<string, string>();
  let at = new URL(url);
  let form: URLSearchParams | null = null;
  for (let steps = 0; steps < 10; steps++) {
    const cookie = [...jar].map(([key, value]) => `${key}=${value}`).join('; ');
    const response: Response = await fetch(at, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie },
      ...(form && { body: form }),
    });
    for (const set of response.headers.getSetCookie()) {
      const [, key = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value === '') jar.delete(key);
      else jar.set(key, value);
    }
    const location = response.headers.get('location');
    if (location === null) {
      const action = /action="([^"]+)"/.exec(await response.text())?.[1];
      if (response.status !== 200 || action === undefined) throw new Error(`the provider answered ${response.status}`);
      at = new URL(action, at);
      form = new URLSearchParams({ prompt: 'login', login: name, password: 'any' });
      continue;
    }
    const next = new URL(location, at);
    if (next.origin !== new URL(url).origin) return next.search.slice(1);
    at = next;
    form = null;
  }
  throw new Error('the provider sends the browser round and round');
}

/** Signs somebody in by a provider, in a browser that may have done so before. */
export async function signOnAs(browser: Browser, code: string, name: string): Promise<Answer> {
  const begun = await browser.post('/accounts/v1/sign-on', { code });
  if (begun.status !== 200) return begun;
  return browser.post('/accounts/v1/sign-on/completions', { response: await signInThere(begun.body.url, name) });
}
