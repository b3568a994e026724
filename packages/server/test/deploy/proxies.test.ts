import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/database.ts';
import { openStream } from '../support/event-source.ts';
import { fixture } from '../support/fixtures.ts';
import { type RunningServer, startProgram } from '../support/program.ts';
import { rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { ADMIN_TOKEN, SEALING_KEY } from '../support/secrets.ts';
import { type Shop, setUpShop } from '../support/shop.ts';
import { startKeyedSales } from './keyed-sales.ts';
import { findFreePort, runTool, startTool } from './tool.ts';

const EXAMPLES = join(import.meta.dirname, '../../../../deploy');
const UNITS = 1_000_000;
const ENOUGH = 300;
/** Tokens that one client may ask for in a minute, from one address. */
const TOKENS = 50;

/** How long a proxy may take to see that a server is ready again. */
const TAKEN_BACK_AFTER_MS = 4_000;

/** Where a proxy finds the servers, and is found itself. */
interface Ports {
  http: number;
  https: number;
  servers: readonly [number, number];
}

let folder: string;
let authority: readonly string[];
const atServers = (text: string, [one, two]: Ports['servers']): string =>
  text.replaceAll('127.0.0.1:8081', `127.0.0.1:${one}`).replaceAll('127.0.0.1:8082', `127.0.0.1:${two}`);

interface Proxy {
  stop: () => Promise<void>;
  /** What whoever stops a server tells the proxy before; null: all are there again. */
  leaveOut: (port: number | null) => Promise<void>;
}

/** Starts each proxy with its example as it stands, but for names, ports and the certificate. */
const PROXIES: Readonly<Record<string, (ports: Ports) => Promise<Proxy>>> = {
  async nginx(ports) {
    const example = await readFile(join(EXAMPLES, 'nginx/opentopup.conf'), 'utf8');
    const site = atServers(example, ports.servers)
      .replaceAll('listen 80;', `listen 127.0.0.1:${ports.http};`)
      .replaceAll('listen 443 ssl', `listen 127.0.0.1:${ports.https} ssl`)
      .replaceAll('/etc/ssl/topup.example', join(folder, 'tls'))
      .replaceAll('topup.example', 'localhost');
    const leaveOut = (port: number | null): Promise<void> =>
      writeFile(join(folder, 'site.conf'), site.replace(`${port} fail_timeout=2s;`, `${port} down;`));
    await leaveOut(null);
    const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((of) => `${of}_temp_path ${folder}/${of};`);
    const main = `daemon off; pid ${folder}/nginx.pid; error_log ${folder}/error.log; events {}
      http { access_log off; ${paths.join(' ')} include ${folder}/site.conf; }`;
    await writeFile(join(folder, 'nginx.conf'), main);
    const config = ['-c', join(folder, 'nginx.conf')];
    await runTool('nginx', ['-t', ...config]);
    const { stop } = await startTool('nginx', config, ports.https);
    const reload = async (port: number | null): Promise<void> => {
      await leaveOut(port);
      await runTool('nginx', ['-s', 'reload', ...config]);
    };
    return { stop, leaveOut: reload };
  },
  async caddy(ports) {
    const example = await readFile(join(EXAMPLES, 'caddy/Caddyfile'), 'utf8');
    const own = `{\n\tadmin off\n\thttp_port ${ports.http}\n\thttps_port ${ports.https}\n}\n`;
    const site = atServers(example, ports.servers).replace(
      'topup.example {',
      `localhost {\n\ttls ${folder}/tls.crt ${folder}/tls.key`,
    );
    await writeFile(join(folder, 'Caddyfile'), own + site);
    const args = ['run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')];
    const { stop } = await startTool('caddy', args, ports.https, { env: { HOME: folder } });
    // It sees by itself that one is not ready.
    return { stop, leaveOut: async () => {} };
  },
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'opentopup-proxies-'));
  await chmod(folder, 0o755);
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', 'tls.key'];
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  await runTool('openssl', ['req', '-x509', '-days', '1', ...key, ...names, '-out', 'tls.crt'], folder);
  authority = tls.getCACertificates('default');
  tls.setDefaultCACertificates([...authority, await readFile(join(folder, 'tls.crt'), 'utf8')]);
});
afterAll(async () => {
  tls.setDefaultCACertificates(authority);
  await rm(folder, { recursive: true, force: true });
});

describe.each(Object.keys(PROXIES))('behind %s', (name) => {
  let database: TestDatabase;
  let ports: Ports;
  let proxy: Proxy;
  let servers: RunningServer[];
  let front: RunningServer;
  let shop: Shop;

  const start = (port: number): Promise<RunningServer> =>
    startProgram({
      NODE_ENV: 'production',
      DATABASE_URL: database.url,
      ADMIN_TOKEN,
      SEALING_KEY,
      PORT: String(port),
      PUBLIC_URL: `https://localhost:${ports.https}`,
      TRUSTED_PROXY: '127.0.0.1',
      DRAIN_S: '3',
    });

  beforeAll(async () => {
    database = await createDatabase(await fixture('postgres'));
    const [http, secure, one, two] = await Promise.all([1, 2, 3, 4].map(findFreePort));
    ports = { http: http ?? 0, https: secure ?? 0, servers: [one ?? 0, two ?? 0] };
    servers = [await start(ports.servers[0])];
    servers.push(await start(ports.servers[1]));
    proxy = await (PROXIES[name] as NonNullable<(typeof PROXIES)[string]>)(ports);
    front = { ...(servers[0] as RunningServer), baseUrl: `https://localhost:${ports.https}` };
    shop = await setUpShop(rawCallerWith(front, ADMIN_TOKEN), 'Airport shop', UNITS);
  });
  afterAll(async () => {
    await proxy?.stop();
    await Promise.all((servers ?? []).map((server) => server.kill()));
    await database?.drop();
  });

  it('people and programs come by TLS, and those who come without are sent there', async () => {
    const plain = await fetch(`http://localhost:${ports.http}/docs`, { redirect: 'manual' });
    expect([plain.status, plain.headers.get('location')]).toEqual([
      expect.toBeOneOf([301, 308]),
      expect.stringMatching(/^https:\/\/localhost.*\/docs$/),
    ]);
    const page = await fetch(front.baseUrl);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<div id="root">')]);
    expect((await fetch(`${front.baseUrl}/metrics`)).status).toBe(404);
  });

  it('events come at once, one by one', async () => {
    const till = await rawSignIn(front, shop.client);
    const stream = await openStream(front, till.token);
    expect(stream.status).toBe(200);
    const began = Date.now();
    const { body } = await till.sell(shop.offer_id, { msisdn: '0684587587' });
    await vi.waitFor(() => expect(stream.events.map(({ data }) => JSON.stringify(data)).join()).toContain(body.id), {
      timeout: 10_000,
    });
    console.log(`${name}: an event after ${Date.now() - began} ms`);
    stream.cut();
  });

  it('each caller has the limits of its own address, whatever it says of itself', async () => {
    const { client_id, client_secret } = shop.client;
    const ask = (localAddress: string, says: string): Promise<number> =>
      new Promise((resolve, reject) => {
        const headers = { 'x-forwarded-for': says, 'content-type': 'application/x-www-form-urlencoded' };
        const auth = `${client_id}:${client_secret}`;
        // The proxy listens on IPv4 alone.
        const options = { method: 'POST', family: 4, localAddress, headers, auth };
        const request = https.request(`${front.baseUrl}/oauth/v3/token`, options, (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        });
        request.on('error', reject);
        request.end('grant_type=client_credentials');
      });
    // Each server counts for itself, and Caddy draws which one is asked.
    const greedy: number[] = [];
    for (let i = 0; i < 2 * TOKENS + 2; i += 1) greedy.push(await ask('127.0.0.2', `203.0.113.${i}`));
    expect(greedy).toContain(429);
    expect(await ask('127.0.0.3', '127.0.0.2')).toBe(200);
  });

  it('servers are restarted one by one under load, and no order fails', async () => {
    const sales = await startKeyedSales(front.baseUrl, shop);
    await sales.more(ENOUGH);
    for (const [i, port] of ports.servers.entries()) {
      await proxy.leaveOut(port);
      expect(await servers[i]?.stop()).toBe(0);
      await sales.more(ENOUGH);
      servers[i] = await start(port);
      await proxy.leaveOut(null);
      await sleep(TAKEN_BACK_AFTER_MS);
      await sales.more(ENOUGH);
    }
    await sales.stop();
    expect(sales.failures.slice(0, 3)).toEqual([]);
    const answers = [...sales.answers.values()];
    expect(answers.filter(({ status, body }) => status !== 201 || body.status !== 'ok')).toEqual([]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(answers.length);
    const operator = rawCallerWith(front, ADMIN_TOKEN);
    expect((await operator.get('/admin/v1/ledger/verification')).body).toMatchObject({ verified: true });
  });
});
