import { CSRF_HEADER } from '@opentopup/contract';
import { type Answer, read } from './answer.ts';
import type { RunningServer } from './server.ts';

export interface Person {
  email: string;
  password: string;
}

/** A browser that keeps its cookies, on a page of the server. */
export interface Browser {
  get: (path: string, headers?: Record<string, string>) => Promise<Answer>;
  post: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Answer>;
  patch: (path: string, body: unknown) => Promise<Answer>;
  delete: (path: string) => Promise<Answer>;
  /** Sends a request as it is, with its cookies and nothing else. */
  send: (method: string, path: string, headers?: Record<string, string>, body?: string) => Promise<Answer>;
  /** What it has in its jar, as it sends it. */
  cookies: () => string;
  /** The last Set-Cookie that it was sent. */
  lastSet: () => string;
}

/** @param always headers of every request, as a proxy in front would add them */
export function openBrowser(server: RunningServer, always: Record<string, string> = {}): Browser {
  const jar = new Map<string, string>();
  let last = '';
  const cookies = (): string => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const send: Browser['send'] = async (method, path, headers = {}, body) => {
    const kept = jar.size > 0 ? { cookie: cookies() } : {};
    const request = { method, headers: { ...always, ...kept, ...headers } };
    const response = await fetch(server.baseUrl + path, body === undefined ? request : { ...request, body });
    for (const set of response.headers.getSetCookie()) {
      last = set;
      const [pair = ''] = set.split(';');
      const [name = '', value = ''] = pair.split('=');
      if (/Max-Age=0\b/.test(set)) jar.delete(name);
      else jar.set(name, value);
    }
    return read(response);
  };
  const asPage = { [CSRF_HEADER]: '1', 'sec-fetch-site': 'same-origin' };
  const json = { ...asPage, 'content-type': 'application/json' };
  return {
    send,
    cookies,
    lastSet: () => last,
    get: (path, headers) => send('GET', path, headers),
    post: (path, body, headers) => send('POST', path, { ...json, ...headers }, JSON.stringify(body)),
    patch: (path, body) => send('PATCH', path, json, JSON.stringify(body)),
    delete: (path) => send('DELETE', path, asPage),
  };
}

/** A browser in which somebody has signed in. */
export async function signInAs(
  server: RunningServer,
  { email, password }: Person,
  always: Record<string, string> = {},
): Promise<Browser> {
  const browser = openBrowser(server, always);
  const { status, body } = await browser.post('/accounts/v1/session', { email, password });
  if (status !== 200) throw new Error(`not signed in: ${JSON.stringify(body)}`);
  return browser;
}

/** What stands behind the # of a one-time link. */
export const linkToken = (link: string): string => link.split('#')[1] ?? '';
