import {
  ErrorBody,
  EXAMPLE_IDS,
  OPERATIONS,
  type Operation,
  reasonsOf,
  ruleOf,
  tellsCustomer,
} from '@opentopup/contract';
import fc from 'fast-check';
import { Compile } from 'typebox/compile';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInAs } from '../support/browser.ts';
import { exampleRequest } from '../support/example-request.ts';
import { about, exchange } from '../support/exchange.ts';
import { proveLedger } from '../support/ledger.ts';
import { createOldWorld, type OldWorld } from '../support/old-world.ts';
import { rawSignIn } from '../support/raw-caller.ts';
import { SEALING_KEY } from '../support/secrets.ts';
import { ENGINES, type Engine, type RunningServer } from '../support/server.ts';
import { type RawAnswer, rawClient } from './client.ts';
import { type FuzzRequest, type FuzzSubject, requestsTo } from './requests.ts';

const REQUESTS = 10_000;
const AT_ONCE = 50;
/** Far above what an answer takes, also while other tests keep the machine busy: what takes longer hangs. */
const DEADLINE_MS = 20_000;
/** Always the same requests, so that a red run is about the change. The long form tries new ones; FUZZ_SEED repeats them. */
const SEED = Number(process.env['FUZZ_SEED'] ?? (process.env['LONG'] ? Math.floor(Math.random() * 2 ** 31) : 1));

/** Endings that the simulator knows, but for the one that makes every request wait for seconds. */
const ENDINGS = ['001', '002', '003', '004', '005', '007', '008', '009', '111', '222', '333', '444'];

/** What a request may always be refused for, whatever it is about: its HTTP is wrong already. */
const OF_ANY_REQUEST = ['malformed_request', 'invalid_header', 'invalid_url_parameter'];
/** Refusals of status 503 that are no outage. */
const NOT_AN_OUTAGE = ['not_configured', 'supplier_silent', 'sign_on_unavailable'];

/** What ends sessions is asked with one that nothing else needs. */
const ENDS_SESSIONS = new Set(['signOut', 'revokeSession', 'revokeOtherSessions', 'changePassword']);

/** Who begins a recovery closes all live sales, and nothing would be sold any more; recovery.test.ts does. */
const ASKED_FOR = OPERATIONS.filter(({ id }) => id !== 'beginRecovery');

const isErrorBody = Compile(ErrorBody);
const checks = new Map(
  OPERATIONS.flatMap(({ id, answers }) =>
    Object.entries(answers).flatMap(([status, { schema }]) =>
      schema ? [[`${id} ${status}`, Compile(schema)] as const] : [],
    ),
  ),
);

/** What is wrong with an answer; null where nothing is. */
function fault({ operation, method }: FuzzRequest, { status, headers, text }: RawAnswer): string | null {
  if (method === 'HEAD') return status < 500 ? null : 'a HEAD request failed';
  const isJson = String(headers['content-type']).startsWith('application/json');
  if (status < 400) {
    const check = operation && checks.get(`${operation.id} ${status}`);
    if (operation && !operation.answers[status]) return 'a status that the operation does not have';
    return !isJson || !check || check.Check(JSON.parse(text)) ? null : 'an answer that is not of its schema';
  }
  if (!isJson) return 'an error without a body';
  const body: unknown = JSON.parse(text);
  if (!isErrorBody.Check(body)) return 'a body that is no error';
  if (status >= 500 && !NOT_AN_OUTAGE.includes(body.reason)) return 'a failure of the server';
  if (ruleOf(body.reason).status !== status) return 'a reason of another status';
  if (operation && tellsCustomer(operation, body.reason) !== (body.customer_message !== undefined))
    return 'words for a customer where there is none, or none for one';
  if (status === 503 && 'retry-after' in headers !== body.retryable) return 'a time to repeat what does not help';
  if (headers['x-request-id'] !== body.request_id) return 'a request without its id';
  const known: string[] = operation ? [...reasonsOf(operation), ...OF_ANY_REQUEST] : [body.reason];
  return known.includes(body.reason) ? null : 'a reason that the operation does not name';
}

const shown = ({ method, path, headers, body }: FuzzRequest, answer: string): string =>
  [method, path.slice(0, 300), JSON.stringify(headers).slice(0, 500), String(body).slice(0, 500), '->', answer].join(
    ' ',
  );

/** The embedded database answers for both; the long form asks both. */
const ASKED: readonly Engine[] = process.env['LONG'] ? ENGINES : ['pglite'];

describe.each(ASKED)(`${REQUESTS} requests of all kinds (FUZZ_SEED=${SEED}) on %s`, (engine) => {
  let world: OldWorld;
  let server: RunningServer;
  let subject: FuzzSubject;

  /** Does what an example says, as the operator; gives the id of what it makes. */
  const make = async (operationId: string, real: Map<string, string>): Promise<string> => {
    const { headers, ...request } = about(exampleRequest(operationId), real);
    const authorization = `Bearer ${world.demo.admin_token}`;
    const { body } = await exchange(server, { ...request, headers: { ...headers, authorization } });
    return body.client_id ?? body.id;
  };

  beforeAll(async () => {
    world = await createOldWorld(engine);
    for (const id of world.sold) transactions.add(id);
    server = await world.start({ SEALING_KEY });
    const shop = await rawSignIn(server, world.demo);
    const other = await rawSignIn(server, world.demo.other);
    const sandbox = await rawSignIn(server, world.demo.sandbox);
    const basic = `Basic ${Buffer.from(`${world.demo.client_id}:${world.demo.client_secret}`).toString('base64')}`;

    // What the operator's requests change is not what the distributor sells.
    const real = new Map<string, string>([[EXAMPLE_IDS.offer, world.demo.sandbox.offers[0]?.id ?? '']]);
    real.set(EXAMPLE_IDS.supplier, await make('createSupplier', real));
    real.set(EXAMPLE_IDS.distributor, await make('createDistributor', real));
    real.set(EXAMPLE_IDS.client, await make('createCredential', real));
    real.set(EXAMPLE_IDS.product, await make('createProduct', real));
    real.set(EXAMPLE_IDS.offer, await make('createOffer', real));
    const { body: offers } = await shop.get('/distributors/offers');
    const ofEsim = offers.find(({ product }: { product: { type: string } }) => product.type === 'eSim');
    const sales = [await shop.sell(world.offer('msisdn'), { msisdn: '0684587111' })];
    const { path, body } = exampleRequest('setDistributorKey');
    await shop.post(path, body);
    sales.push(await shop.sell(ofEsim.id, undefined));
    for (const sold of sales) transactions.add(sold.body.id);
    const suppliers = (await shop.get('/distributors/suppliers')).body as { id: string }[];
    const ofTheShop = [...world.demo.offers.map(({ id }) => id), ...transactions, ...suppliers.map(({ id }) => id)];
    const there = (await signInAs(server, world.demo.console.seller)).cookies();
    const gone = (await signInAs(server, world.demo.console.viewer)).cookies();
    subject = {
      real,
      idsOf: ({ access }) => (access === 'operator' ? [...real.values(), ...transactions] : ofTheShop),
      authorizationOf: ({ access, id }: Operation) =>
        ({
          public: '',
          client: basic,
          // The guards that are set at random are not those of the sales.
          distributor: `Bearer ${id === 'changeSettings' ? other.token : shop.token}`,
          operator: `Bearer ${world.demo.admin_token}`,
          account: '',
          supplier: '',
        })[access],
      cookieOf: ({ access, id }: Operation) => (access !== 'account' ? '' : ENDS_SESSIONS.has(id) ? gone : there),
      authorizations: [
        basic,
        ...[other.token, sandbox.token, world.demo.admin_token, 'x', ''].map((token) => `Bearer ${token}`),
      ],
      orders: ENDINGS.flatMap((ending) => [
        {
          offer_id: world.offer('msisdn'),
          parameters: { msisdn: `+33 6 84 58 7${ending.slice(0, 1)} ${ending.slice(1)}` },
        },
        { offer_id: world.offer('small'), parameters: { msisdn: `0684587${ending}` } },
        { offer_id: world.offer('spain'), parameters: { msisdn: `612345${ending}` } },
        { offer_id: world.offer('simId'), parameters: { simId: `12345678${ending}` } },
      ]),
    };
  });
  afterAll(() => world.remove());

  /** Transactions that an answer has told of. */
  const transactions = new Set<string>();
  const answered = new Map<number, number>();

  it('are all answered in time, each refusal with its reason, and none with a failure', async () => {
    const requests = fc.sample(requestsTo(ASKED_FOR, subject), { seed: SEED, numRuns: REQUESTS });
    const client = rawClient(server, DEADLINE_MS);
    const faults: string[] = [];
    const next = requests.values();
    const sendOn = async (): Promise<void> => {
      for (const request of next) {
        try {
          const answer = await client.send(request);
          answered.set(answer.status, (answered.get(answer.status) ?? 0) + 1);
          const wrong = fault(request, answer);
          if (wrong) faults.push(shown(request, `${answer.status} ${answer.text.slice(0, 300)}: ${wrong}`));
          const told = /"transaction_id":"([^"]+)"|^\{"id":"([^"]+)","status":/.exec(answer.text);
          if (told && request.path.includes('transactions') && request.method === 'POST') {
            transactions.add((told[1] ?? told[2]) as string);
          }
        } catch (error) {
          faults.push(shown(request, `${(error as Error).name} ${(error as Error).message}`));
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, sendOn));
    client.close();
    expect(faults.slice(0, 10)).toEqual([]);
  }, 1_800_000);

  it('were not all refused, nor all served', () => {
    for (const status of [200, 201, 400, 401, 404, 405, 406, 413, 415]) {
      expect([status, (answered.get(status) ?? 0) > 0]).toEqual([status, true]);
    }
    expect(transactions.size).toBeGreaterThan(100);
  });

  it('left no number in the log, and nothing that the server did not expect', async () => {
    expect(await server.stop()).toBe(0);
    const log = server
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line));
    expect(log.length).toBeGreaterThanOrEqual(REQUESTS * 0.9);
    expect(log.filter(({ err }) => err !== undefined)).toEqual([]);
    const withNumber = log.filter(({ time: _time, ...line }) =>
      /\d{8}/.test(JSON.stringify(line).replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|-[0-9a-f]{12}/g, '')),
    );
    expect(withNumber).toEqual([]);
  });

  it('changed the stock by the orders that were told of, and by nothing else', async () => {
    const db = await world.openDb();
    const recorded = await db.query<{ id: string }>('SELECT id FROM transactions');
    expect(new Set(recorded.map(({ id }) => id))).toEqual(transactions);
    const before: Record<string, number> = { small: 100, empty: 0 };
    for (const { id, kind } of world.demo.offers) {
      const { granted } = await proveLedger(db, id);
      expect([kind, granted]).toEqual([kind, before[kind] ?? 1_000_000]);
    }
    await proveLedger(db, subject.real.get(EXAMPLE_IDS.offer) ?? '');
    await db.close();
  });
});
