import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type DemoPlace, type RunningServer } from '../support/server.ts';

/** A request as it is sent. */
interface Sent {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | undefined;
}

let world: DemoPlace;
let server: RunningServer;
/** What their users fill in. */
let variables: Map<string, string>;

beforeAll(async () => {
  world = await createWorld('postgresql');
  server = await world.start();
  const { client_id, client_secret } = world.demo.sandbox;
  variables = new Map([
    ['baseUrl', server.baseUrl],
    ['clientId', client_id],
    ['clientSecret', client_secret],
    ['adminToken', world.demo.admin_token],
  ]);
});
afterAll(() => world.remove());

const download = async (name: string): Promise<string> => {
  const response = await fetch(`${server.baseUrl}/collections/${name}`);
  expect(response.status).toBe(200);
  return response.text();
};
/** Fills in variables, those of the user before those that came with the collection. */
const fill = (text: string, own: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{\{([\w.$]+)\}\}/g, (_, name: string) =>
    name === '$guid' ? 'a-key' : (variables.get(name) ?? own[name] ?? expect.fail(`{{${name}}} is no variable`)),
  );
const basic = (name: string, password: string): string => `Basic ${btoa(`${name}:${password}`)}`;
type Reader = (text: string) => { requests: (() => Sent)[]; keep: (answer: any) => void };

const READERS: Readonly<Record<string, Reader>> = {
  'opentopup.postman.json': (text) => {
    const { item, variable } = JSON.parse(text);
    const own = Object.fromEntries(variable.map(({ key, value }: any) => [key, value]));
    const items = item.flatMap((folder: any) => folder.item);
    const authOf = ({ type, ...auth }: any): Record<string, string> => {
      const values = (auth[type] ?? []).map(({ value }: any) => fill(value, own));
      if (type === 'noauth') return {};
      return { authorization: type === 'basic' ? basic(values[0], values[1]) : `Bearer ${values[0]}` };
    };
    return {
      requests: items.map(
        ({ request }: any) =>
          (): Sent => ({
            method: request.method,
            url: fill(request.url.raw, own),
            headers: {
              ...authOf(request.auth),
              ...Object.fromEntries(request.header.map(({ key, value }: any) => [key.toLowerCase(), fill(value, own)])),
            },
            body: request.body && fill(request.body.raw, own),
          }),
      ),
      keep: (answer) => {
        const [code] = items[0].event[0].script.exec;
        const set = (name: string, value: string): unknown => variables.set(name, value);
        runInNewContext(code, { pm: { collectionVariables: { set }, response: { json: () => answer } } });
      },
    };
  },
  'opentopup.bruno.json': (text) => {
    const { items: folders, environments } = JSON.parse(text);
    const own = Object.fromEntries(environments[0].variables.map(({ name, value }: any) => [name, value]));
    const items = folders.flatMap((folder: any) => folder.items);
    const authOf = ({ mode, ...auth }: any): Record<string, string> => {
      if (mode === 'none') return {};
      const { username, password, token } = auth[mode];
      return {
        authorization:
          mode === 'basic' ? basic(fill(username, own), fill(password, own)) : `Bearer ${fill(token, own)}`,
      };
    };
    return {
      requests: items.map(
        ({ request }: any) =>
          (): Sent => ({
            method: request.method,
            url: fill(request.url, own),
            headers: {
              ...authOf(request.auth),
              ...Object.fromEntries(
                request.headers.map(({ name, value }: any) => [name.toLowerCase(), fill(value, own)]),
              ),
            },
            body: request.body.mode === 'none' ? undefined : fill(request.body[request.body.mode], own),
          }),
      ),
      keep: (answer) => {
        const setVar = (name: string, value: string): unknown => variables.set(name, value);
        runInNewContext(items[0].request.script.res, { bru: { setVar }, res: { body: answer } });
      },
    };
  },
  'opentopup.http': (text) => {
    const [head = '', ...blocks] = text.split(/^### .*\n/m);
    const own = Object.fromEntries([...head.matchAll(/^@(\w+) = (.*)$/gm)].map(([, name, value]) => [name, value]));
    return {
      requests: blocks.map((block) => (): Sent => {
        const [lines = '', ...body] = block
          .trimEnd()
          .replace(/^# @name token\n/, '')
          .split('\n\n');
        const [request = '', ...headers] = fill(lines, own).split('\n');
        const [method = '', url = ''] = request.split(' ');
        const named = headers.map((line) => {
          const [name = '', value = ''] = line.split(/: (.*)/);
          const [, user, password] = /^Basic (\S+) (\S+)$/.exec(value) ?? [];
          return [name.toLowerCase(), user && password ? basic(user, password) : value];
        });
        return {
          method,
          url,
          headers: Object.fromEntries(named),
          body: body.length > 0 ? fill(body.join('\n\n'), own) : undefined,
        };
      }),
      keep: ({ access_token }) => variables.set('token.response.body.access_token', access_token),
    };
  },
};

const send = async ({ body, ...request }: Sent): Promise<{ status: number; body: any }> => {
  const signal = AbortSignal.timeout(60_000);
  const response = await fetch(request.url, { ...request, signal, ...(body !== undefined && { body }) });
  if (response.headers.get('content-type') === 'text/event-stream') {
    await response.body?.cancel();
    return { status: response.status, body: null };
  }
  const text = await response.text();
  return { status: response.status, body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text };
};

describe.each(Object.entries(READERS))('%s', (name, read) => {
  it('sells in the sandbox once its user has filled in who they are', async () => {
    const { requests, keep } = read(await download(name));
    const [token, ...others] = requests;
    const got = await send((token ?? expect.fail('there is no request'))());
    expect(got.status).toBe(200);
    keep(got.body);
    // What is written with the token is written anew.
    const find = (method: string, path: string): Sent =>
      others.map((each) => each()).find((each) => each.method === method && each.url.endsWith(path)) ??
      expect.fail(path);
    const offers = await send({ ...find('GET', '/distributors/offers'), method: 'GET' });
    expect(offers.status).toBe(200);
    const offer = offers.body.find((each: any) => each.product.line_kind === 'msisdn');
    variables.set('offer', offer.id);
    const sold = await send(find('POST', '/travel-b2b-sandbox/v1/distributors/transactions'));
    expect(sold).toMatchObject({ status: 201, body: { status: 'ok', offer_id: offer.id } });
  });

  it('has every request as the server takes it', async () => {
    const { requests } = read(await download(name));
    // Ids of what is not there are refused; nothing is malformed, and nothing is asked of a path that is none.
    const reads = requests.map((each) => each()).filter(({ method }) => method === 'GET');
    expect(reads.length).toBeGreaterThan(80);
    const unheard: unknown[] = [];
    for (const request of reads) {
      const { status, body } = await send(request);
      // What only agents are told is refused to whoever is none.
      const isOfAgents = status === 403 && request.url.endsWith('/v1/agent');
      const isTaken = isOfAgents || [200, 400, 404, 409, 410, 422, 503].includes(status);
      const isMalformed = /^(invalid|missing|unknown_path|method)_/.test(body?.reason ?? '');
      if (!isTaken || isMalformed) unheard.push([request.url, status, body]);
    }
    expect(unheard).toEqual([]);
  });
});

it('all collections have the same requests', async () => {
  const all = await Promise.all(
    Object.entries(READERS).map(async ([name, read]) => read(await download(name)).requests.map((each) => each())),
  );
  const [first, ...others] = all.map((requests) =>
    requests.map(({ method, url, body }) => `${method} ${url} ${body?.trim() ?? ''}`).toSorted(),
  );
  for (const other of others) expect(other).toEqual(first);
});
