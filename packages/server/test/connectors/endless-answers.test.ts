import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { askToSignIn } from '../../src/access/sign-on/ask-provider.ts';
import type { ProviderRow } from '../../src/access/sign-on/providers.query.ts';
import { sealedSecretOf } from '../../src/access/sign-on/set-provider.ts';
import { exchangeRatesJob } from '../../src/catalogue/exchange-rates.job.ts';
import { templateConnector } from '../../src/connectors/_template/connector.ts';
import type { Recharge, SupplierAccess } from '../../src/connectors/connector.ts';
import { travelB2B } from '../../src/connectors/travel-b2b/travel-b2b.ts';
import type { Context } from '../../src/context.ts';
import { openPostgresql } from '../../src/database/postgres.ts';
import { createAddressRules } from '../../src/http/allowed-addresses.ts';
import { createCheckedCall } from '../../src/http/checked-call.ts';
import { createPost } from '../../src/http/post.ts';
import { createSms } from '../../src/notifiers/sms.ts';
import { createSeal } from '../../src/secrets/seal.ts';
import { createDatabase } from '../support/database.ts';
import { fixture } from '../support/fixtures.ts';

const SOURCES = join(import.meta.dirname, '../../src');
/** More than anybody reads, and what the system may have under way beside it. */
const MOST_BYTES = 16 * 1024 * 1024;
const CHUNK = Buffer.alloc(64 * 1024, ' ');

/** A server that never ends its answers, plain or packed, and counts what it gets rid of. */
async function startEndless() {
  let sent = 0;
  let isOpen = 0;
  /** Answers at once that are no business of the test. */
  const tokens = JSON.stringify({ access_token: 'token', token_type: 'Bearer', expires_in: 3600 });
  const pour = (response: ServerResponse, isPacked: boolean): void => {
    response.writeHead(200, { 'content-type': 'application/json', ...(isPacked && { 'content-encoding': 'gzip' }) });
    function* endless(): Generator<Buffer> {
      for (;;) {
        sent += CHUNK.length;
        yield CHUNK;
      }
    }
    isOpen += 1;
    const ways = isPacked ? [createGzip({ level: 1 })] : [];
    pipeline([Readable.from(endless()), ...ways, response])
      .finally(() => (isOpen -= 1))
      .catch(() => {});
  };
  const server = createServer((request, response) => {
    request.resume();
    if (request.url?.endsWith('/token')) response.setHeader('content-type', 'application/json').end(tokens);
    else pour(response, request.url?.includes('packed') ?? false);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent: () => sent,
    isOpen: () => isOpen,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

const order = (supplier: SupplierAccess): Recharge => ({
  reference: '01890000-0000-7000-8000-000000000001',
  line: { kind: 'msisdn', e164: '+33684587587', national: '684587587' },
  product: {
    id: '01890000-0000-7000-8000-000000000002',
    supplier_reference: '01890000-0000-7000-8000-000000000005',
    settings: {},
  },
  supplier,
});
const never = new AbortController().signal;

/** Everybody whose answers the server reads, by the file that calls; each gives what came of it. */
const CALLS: Record<string, (origin: string, way: string) => Promise<unknown>> = {
  'connectors/http-transport.ts': (origin, way) => {
    const supplier = { id: 's', settings: { base_url: `${origin}/${way}` }, secrets: { api_key: 'key' } };
    return templateConnector().recharge(order(supplier), never);
  },
  'connectors/travel-b2b/recorded-fetch.ts': (origin, way) => {
    const settings = { base_url: `${origin}/${way}`, token_url: `${origin}/token`, client_id: 'c' };
    return travelB2B().recharge(order({ id: 's', settings, secrets: { client_secret: 'secret' } }), never);
  },
  'notifiers/sms.ts': (origin, way) =>
    createSms(`${origin}/${way}`, null, never).send({
      id: '1',
      recipient: '+33684587587',
      subject: '',
      body: 'Hello',
    }),
  'http/post.ts': (origin, way) => createPost(createAddressRules(['127.0.0.1']))(`${origin}/${way}`, {}, '{}', never),
  'access/sign-on/ask-provider.ts': (origin, way) => {
    const seal = createSeal(randomBytes(32));
    const client_secret_sealed = seal.close('secret', sealedSecretOf('p'));
    const provider = { id: 'p', issuer: `${origin}/${way}`, client_id: 'c', client_secret_sealed } as ProviderRow;
    const call = createCheckedCall(createAddressRules(['127.0.0.1']));
    return askToSignIn({ seal, stopping: never } as Context, provider, call);
  },
  'catalogue/exchange-rates.job.ts': async (origin, way) => {
    const database = await createDatabase(await fixture('postgres'));
    const db = openPostgresql(database.url, () => {});
    const { run } = exchangeRatesJob(db, `${origin}/${way}`, () => new Date());
    await expect(run(never)).rejects.toThrow('its answer has more than');
    await db.close();
    await database.drop();
  },
};
/** Those that read nothing of what they are answered: one calls nobody but this server, one calls for others. */
const NO_READERS = ['connectors/simulator/callbacks.ts', 'http/checked-call.ts'];

describe('an answer from outside that never ends', () => {
  let endless: Awaited<ReturnType<typeof startEndless>>;
  beforeAll(async () => {
    endless = await startEndless();
  });
  afterAll(() => endless.stop());

  it('is tried with everything that calls somebody', () => {
    const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
    );
    const calling = files.filter((name) =>
      /\bfetch\(|\b[hH]ttps?Request\b|\bawait call\(/.test(readFileSync(join(SOURCES, name), 'utf8')),
    );
    expect(calling.toSorted()).toEqual([...Object.keys(CALLS), ...NO_READERS].toSorted());
  });

  it.each(
    Object.keys(CALLS).flatMap(
      (name) =>
        [
          [name, 'plain'],
          [name, 'packed'],
        ] as const,
    ),
  )('is cut off by %s, %s', async (name, way) => {
    const before = endless.sent();
    const came = await CALLS[name]?.(endless.origin, way);
    await vi.waitFor(() => expect(endless.isOpen()).toBe(0), 30_000);
    expect(endless.sent() - before).toBeLessThan(way === 'packed' ? 64 * MOST_BYTES : MOST_BYTES);
    // An order whose answer could not be read may have been delivered.
    if (name.startsWith('connectors/')) expect(came).toMatchObject({ outcome: 'unknown' });
  });
});
