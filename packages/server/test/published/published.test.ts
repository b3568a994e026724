import { EXAMPLE_IDS, EXAMPLE_SIM_SERIAL, WIRE_OPERATIONS } from '@opentopup/contract';
import type { ErrorObject } from 'ajv';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openPostgresql } from '../../src/database/postgres.ts';
import type { Answer } from '../support/answer.ts';
import { description } from '../support/description.ts';
import { exampleRequest } from '../support/example-request.ts';
import { about, exchange, type RawRequest } from '../support/exchange.ts';
import { createOldWorld } from '../support/old-world.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { startProgram } from '../support/program.ts';
import { rawCallerWith, rawSignIn } from '../support/raw-caller.ts';
import { ADMIN_TOKEN, SEALING_KEY } from '../support/secrets.ts';
import { type DemoPlace, ENGINES, type RunningServer } from '../support/server.ts';
import { signingKeyOf } from '../support/signing-key.ts';
import { CASES, type CaseContext, type PublishedCase } from './cases.ts';
import {
  PUBLISHED_OPERATIONS,
  type PublishedOperation,
  published,
  publishedFaults,
  schemaOfAnswer,
} from './description.ts';
import { DIFFERENCES, differenceOf, FROM_THE_GUIDE, type KnownDifference } from './differences.ts';

const BASE = '/travel-b2b/v1';

const used = new Set<KnownDifference>();

/** The faults that no difference explains. Those that explain one are noted. */
function violations(operation: string | null, faults: ErrorObject[]): ErrorObject[] {
  return faults.filter((fault) => {
    const difference = differenceOf(operation, fault);
    if (difference) used.add(difference);
    return !difference;
  });
}

const violationsOf = (operation: PublishedOperation | null, { status, body }: Answer): ErrorObject[] =>
  violations(operation?.id ?? null, publishedFaults(schemaOfAnswer(operation, status), body));

/** A token as the server makes them. */
const sign = (claims: Record<string, unknown>, secret: string, life_s: number): Promise<string> =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer('opentopup')
    .setExpirationTime(Math.floor(Date.now() / 1000) + life_s)
    .sign(Buffer.from(secret, 'base64url'));

/** The request of a case: the example of its operation, with what the case changes. */
function requestOf(
  operation: PublishedOperation,
  { params = {}, query, headers, body }: PublishedCase,
  c: CaseContext,
): RawRequest {
  const example = exampleRequest(operation.id);
  const [path = '', exampleQuery] = example.path.split('?');
  const address = Object.entries(params).reduce((url, [, id]) => url.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, id), path);
  const asked = new URLSearchParams({ ...Object.fromEntries(new URLSearchParams(exampleQuery)), ...query }).toString();
  const sent = body?.(c);
  return {
    ...example,
    path: BASE + (asked ? `${address}?${asked}` : address),
    headers: { ...example.headers, ...headers },
    ...(sent === undefined ? {} : { body: typeof sent === 'string' ? sent : JSON.stringify(sent) }),
  };
}

describe('the contract', () => {
  it('has every operation of the published description, and no other below its bases', () => {
    const named = ({ id, path, method }: { id: string; path: string; method: string }) =>
      `${method.toUpperCase()} ${path} ${id}`;
    expect(Object.values(WIRE_OPERATIONS).map(named).toSorted()).toEqual(PUBLISHED_OPERATIONS.map(named).toSorted());
  });

  it.each(PUBLISHED_OPERATIONS)(
    'takes every parameter and field that $id has there',
    ({ path, method, query, body }) => {
      const { parameters = [], requestBody } = description.paths[path][method];
      expect(parameters.map(({ name }: { name: string }) => name)).toEqual(expect.arrayContaining(query));
      const fieldsOf = (of: any, schema: any): string[] =>
        Object.keys(of.components.schemas[schema?.$ref.split('/').at(-1)]?.properties ?? {});
      const fields = fieldsOf(description, requestBody?.content['application/json'].schema);
      expect(fields).toEqual(expect.arrayContaining(fieldsOf(published, body)));
    },
  );

  it('marks every field that the published description does not have, but for those of the guide', () => {
    const common = Object.keys(published.components.schemas).filter((name) => description.components.schemas[name]);
    expect(common.length).toBeGreaterThan(10);
    const unmarked = common.map((name) => {
      const fields = Object.entries<any>(description.components.schemas[name].properties);
      const theirs = published.components.schemas[name].properties;
      const ours = fields.filter(([field, schema]) => !(field in theirs) && !schema['x-extension']);
      return [name, ours.map(([field]) => field)] as const;
    });
    expect(Object.fromEntries(unmarked.filter(([, fields]) => fields.length > 0))).toEqual(FROM_THE_GUIDE);
  });
});

describe.each(ENGINES)('by the published description, on %s,', (engine) => {
  let world: DemoPlace;
  let server: RunningServer;
  let context: CaseContext;
  const tokens = { shop: '', sandbox: '', expired: '' };

  const ask = (request: RawRequest, token: string | null): Promise<Answer> => {
    const headers = { ...request.headers, ...(token === null ? {} : { authorization: `Bearer ${token}` }) };
    const real = new Map([
      [EXAMPLE_IDS.offer, context.offer('msisdn')],
      [EXAMPLE_IDS.transaction, context.transaction],
    ]);
    return exchange(server, about({ ...request, headers }, real));
  };
  const exampleOf = (id: string): RawRequest => {
    const example = exampleRequest(id);
    return { ...example, path: BASE + example.path };
  };

  beforeAll(async () => {
    world = await createOldWorld(engine);
    // The first start makes the key that signs tokens.
    await (await world.start({ SEALING_KEY })).stop();
    const db = await world.openDb();
    const { secret } = await signingKeyOf(db);
    await db.close();
    server = await world.start({ SEALING_KEY });

    const shop = await rawSignIn(server, world.demo);
    tokens.shop = shop.token;
    tokens.sandbox = (await rawSignIn(server, world.demo.sandbox)).token;
    const [, claims = ''] = shop.token.split('.');
    const speaks = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { distributor_id: string };
    tokens.expired = await sign({ ...speaks }, secret, -1);

    const request = exampleRequest('setDistributorKey');
    await exchange(server, { ...request, headers: { ...request.headers, authorization: `Bearer ${shop.token}` } });
    const offers = (await shop.get('/distributors/offers')).body as { id: string; product: any }[];
    const sold = await shop.sell(world.offer('msisdn'), { msisdn: '0684587587' });
    // Only an own SIM may be asked about by its serial.
    await shop.sell(world.offer('simId'), { simId: EXAMPLE_SIM_SERIAL });
    context = {
      offer: world.offer,
      product: (kind) => offers.find(({ id }) => id === world.offer(kind))?.product.id,
      distributor: speaks.distributor_id,
      esimOffer: () => offers.find(({ product }) => product.type === 'eSim')?.id ?? '',
      transaction: sold.body.id,
    };
  });
  afterAll(() => world.remove());

  describe.each(PUBLISHED_OPERATIONS)('$id', (operation) => {
    const { access } = WIRE_OPERATIONS[operation.id as keyof typeof WIRE_OPERATIONS];
    const refusals: (readonly [what: string, status: number, code: number, send: () => Promise<Answer>])[] = [
      [
        'that takes only XML',
        406,
        62,
        () => {
          const { headers, ...example } = exampleOf(operation.id);
          return ask({ ...example, headers: { ...headers, accept: 'application/xml' } }, tokens.shop);
        },
      ],
      [
        'with a method that the path does not have',
        405,
        61,
        () => {
          const { path, headers } = exampleOf(operation.id);
          return ask({ path, headers, method: 'DELETE' }, tokens.shop);
        },
      ],
      ...(access === 'public'
        ? []
        : ([
            ['without a token', 401, 40, () => ask(exampleOf(operation.id), null)],
            ['with a wrong token', 401, 41, () => ask(exampleOf(operation.id), 'wrong')],
            ['with an expired token', 401, 42, () => ask(exampleOf(operation.id), tokens.expired)],
            ['with a token of the sandbox', 403, 50, () => ask(exampleOf(operation.id), tokens.sandbox)],
          ] as const)),
    ];
    it.each(refusals)('is refused to a request %s', async (_, status, code, send) => {
      const answer = await send();
      expect([answer.status, answer.body.code]).toEqual([status, code]);
      expect(violationsOf(operation, answer)).toEqual([]);
    });

    it('is answered', async () => {
      const request = exampleOf(operation.id);
      const answer = await ask(request, tokens.shop);
      expect(operation.responses).toHaveProperty(String(answer.status));
      expect(answer.status).toBeLessThan(300);
      expect(violationsOf(operation, answer)).toEqual([]);
      const sent = operation.body ? publishedFaults(operation.body, JSON.parse(request.body ?? '')) : [];
      expect(violations(operation.id, sent)).toEqual([]);
    });

    const cases = CASES.filter((each) => each.operation === operation.id);
    if (cases.length === 0) return;
    it.each(cases)('is answered $status: $what', async (each) => {
      const answer = await ask(requestOf(operation, each, context), tokens.shop);
      expect([answer.status, answer.body.code]).toEqual([each.status, each.code]);
      if (each.description) expect(answer.body.description).toBe(each.description(context));
      expect(violationsOf(operation, answer)).toEqual([]);
    });
  });

  it('a sale that is reversed is told as one of theirs, to who knows of no reversal too', async () => {
    const shop = rawCallerWith(server, tokens.shop);
    const { body } = await shop.sell(world.offer('msisdn'), { msisdn: '0684587588' });
    const wish = { reason: 'not_delivered', justification: 'No credit' };
    await rawCallerWith(server, world.demo.admin_token).post(`/admin/v1/transactions/${body.id}/reversals`, wish);
    for (const [id, path] of [
      ['getDistributorTransactionDetail', `/distributors/transactions/${body.id}`],
      ['getDistributorTransactionList', '/distributors/transactions?limit=1'],
    ] as const) {
      const answer = await shop.get(BASE + path);
      const [told] = [answer.body].flat();
      expect(told).toMatchObject({ id: body.id, status: 'ko', reversal: { reason: 'not_delivered' } });
      const operation = PUBLISHED_OPERATIONS.find((each) => each.id === id);
      expect(violationsOf(operation ?? null, answer)).toEqual([]);
    }
  });

  it('a path that is none is answered 404', async () => {
    const answer = await ask({ method: 'GET', path: `${BASE}/distributors/nothing`, headers: {} }, tokens.shop);
    expect([answer.status, answer.body.code]).toEqual([404, 60]);
    expect(violationsOf(null, answer)).toEqual([]);
  });

  it('the 51st request for a token within a minute is answered 429', async () => {
    const basic = Buffer.from(`${world.demo.other.client_id}:wrong`).toString('base64');
    const request = { ...exampleRequest('createToken'), headers: { authorization: `Basic ${basic}` } };
    const body = new URLSearchParams({ grant_type: 'client_credentials' });
    const answers = await Promise.all(
      Array.from({ length: 51 }, async () => {
        const { status } = await fetch(server.baseUrl + request.path, { ...request, body });
        return status;
      }),
    );
    expect(answers.toSorted((a, b) => a - b)).toEqual([...Array(50).fill(401), 429]);
    const answer = await exchange(server, {
      ...request,
      headers: { ...request.headers, 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect([answer.status, answer.body.code]).toEqual([429, 53]);
    expect(violationsOf(null, answer)).toEqual([]);
  });
});

describe('by the published description', () => {
  it('a server whose database is gone answers 503', async () => {
    const postgres = await startPostgres();
    onTestFinished(() => postgres.stop());
    const server = await startProgram({ DATABASE_URL: postgres.url, ADMIN_TOKEN, SEALING_KEY });
    onTestFinished(() => server.kill());
    const db = openPostgresql(postgres.url, () => {});
    const { secret } = await signingKeyOf(db);
    await db.close();
    await postgres.crash();

    const claims = { sub: 'shop', distributor_id: EXAMPLE_IDS.distributor, world: 'live', requests_per_minute: 100 };
    const shop = rawCallerWith(server, await sign(claims, secret, 60));
    const answer = await shop.get(`${BASE}/distributors/offers`);
    expect([answer.status, answer.body.code]).toEqual([503, 5]);
    expect(violationsOf(null, answer)).toEqual([]);
  });

  it('every known difference is met, so that none outlives its reason', () => {
    expect(DIFFERENCES.filter((each) => !used.has(each))).toEqual([]);
  });
});
