import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { Operator, TravelB2B, TravelB2BError } from '@opentopup/client';
import { CommandLine, type DemoProgram, environment, startDemoProgram } from '@opentopup/client/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const SANDBOX = '/travel-b2b-sandbox/v1';

interface Order {
  order: string;
  offer_id: string;
  msisdn: string;
}
interface Said {
  result: string;
  transaction_id?: string;
}
interface Finding {
  order: string;
  faults: string[];
  effects: string[];
}
type Report = Record<'orders' | 'sold' | 'units' | 'seed', number> & { passes: boolean; findings: Finding[] };

let program: DemoProgram;
let somebody: CommandLine;
let client: TravelB2B;
let offer_id: string;

beforeAll(async () => {
  program = await startDemoProgram();
  const baseUrl = program.baseUrl + SANDBOX;
  somebody = await CommandLine.create(environment(baseUrl, program.sandbox));
  client = new TravelB2B({ baseUrl, ...program.sandbox });
  const operator = new Operator({ baseUrl: program.baseUrl, adminToken: program.adminToken });
  for await (const { product, distributor_id } of client.offers.list()) {
    if (product.line_kind !== 'msisdn' || offer_id) continue;
    const body = { distributor_id, product_id: product.id, name: 'For the doctor', resell_value: 1 };
    ({ id: offer_id } = await operator.call('createOffer', { body }));
    await operator.stock.grant(offer_id, { units: 2_000, reference: 'doctor', justification: 'to be sold' });
  }
});
afterAll(async () => {
  await program?.stop();
  await somebody?.remove();
});

/** Runs an integrator's program, and the doctor on it. */
async function examined(sell: (order: Order) => Promise<Said>, ...args: string[]) {
  const said = new Map<string, Order & Said>();
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'POST') {
      response.writeHead(405).end();
      return;
    }
    const order = (await json(request)) as Order;
    const result = await sell(order).catch(() => ({ result: 'broken' }));
    said.set(order.order, { ...order, ...result });
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(result));
  };
  const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/order`;
    const { exit, values } = await somebody.json('doctor', '--client', url, ...args);
    return { exit, report: values[0] as unknown as Report, said };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** Sells as the guide says: under the order as its reference, by the client. */
async function sellWell({ order, offer_id: offer, msisdn }: Order): Promise<Said> {
  try {
    const sale = await client.topups.create({ offer_id: offer, parameters: { msisdn }, reference: order });
    if (sale.status !== 'ok') return { result: sale.status };
    return { result: 'sold', transaction_id: sale.transaction.id };
  } catch (error) {
    if (!(error instanceof TravelB2BError)) throw error;
    return { result: error.sale === 'cannot_have_happened' ? 'refused' : 'pending' };
  }
}

/** Sells without a key, waits a second, tries again, and takes no answer for no sale. */
async function sellBadly(token: string, { offer_id: offer, msisdn }: Order): Promise<Said> {
  for (let tries = 0; tries < 3; tries += 1) {
    try {
      const answer = await fetch(`${program.baseUrl}${SANDBOX}/distributors/transactions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ offer_id: offer, parameters: { msisdn } }),
        signal: AbortSignal.timeout(1_000),
      });
      if (!answer.ok) return { result: 'refused' };
      return { result: 'sold', transaction_id: ((await answer.json()) as { id: string }).id };
    } catch {}
  }
  return { result: 'refused' };
}

async function tokenOf({ clientId, clientSecret }: DemoProgram['sandbox']): Promise<string> {
  const answer = await fetch(`${program.baseUrl}/oauth/v3/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

describe('doctor', () => {
  it('finds nothing at a program that sells through the client, and its chaos is over then', async () => {
    // It chooses the offer by itself: one that can be sold.
    const { exit, report } = await examined(sellWell, '--seed', '7');
    expect(report).toMatchObject({ passes: true, orders: 200, findings: [], seed: 7 });
    expect([exit, report.units]).toEqual([0, report.sold]);
    expect(report.sold).toBeGreaterThan(150);
    expect(await client.opentopup.sandbox.chaos.list()).toEqual([]);
  });

  it('tells every double and every loss of a program without keys that tries again', async () => {
    const token = await tokenOf(program.sandbox);
    const [before] = await client.transactions.page({ limit: 1 });
    const { exit, report, said } = await examined(
      (order) => sellBadly(token, order),
      '--offer',
      offer_id,
      '--seed',
      '7',
    );
    // What the books say, read without the doctor: one line is one order.
    const units = new Map<string, number>();
    for await (const { id, status, parameters } of client.transactions.list({ offer: offer_id })) {
      if (id === before?.id) break;
      const { msisdn = '' } = parameters;
      if (status === 'ok') units.set(msisdn, (units.get(msisdn) ?? 0) + 1);
    }
    const all = [...said.values()];
    const sold = ({ msisdn }: Order): number => units.get(msisdn) ?? 0;
    const doubled = all.filter((each) => sold(each) > 1);
    const lost = all.filter((each) => sold(each) > 0 && each.result !== 'sold');
    const told = (finding: string): string[] =>
      report.findings.flatMap((each) => (each.faults.includes(finding) ? [each.order] : [])).toSorted();
    expect(told('doubled')).toEqual(doubled.map(({ order }) => order).toSorted());
    expect(told('lost')).toEqual(lost.map(({ order }) => order).toSorted());
    expect([doubled.length, lost.length].every((count) => count > 0)).toBe(true);
    expect(report.findings.flatMap(({ effects }) => effects)).toEqual(
      expect.arrayContaining(['cut_after', 'delay', 'slow']),
    );
    expect({ exit, passes: report.passes, orders: all.length }).toEqual({ exit: 1, passes: false, orders: 200 });
  });

  it('takes a program for what it says, sells nothing for it, and says where nobody is', async () => {
    const liar = await examined(async () => ({ result: 'sold' }), '--orders', '5');
    expect(liar.report).toMatchObject({ passes: false, sold: 0 });
    expect(liar.report.findings.flatMap(({ faults }) => faults)).toEqual(Array.from({ length: 5 }, () => 'misread'));
    const idle = await examined(async () => ({ result: 'refused' }), '--orders', '5');
    expect(idle).toMatchObject({ exit: 1, report: { passes: false, sold: 0, findings: [] } });
    const nobody = await somebody.run('doctor', '--client', 'http://127.0.0.1:2/order', '--offer', offer_id);
    expect([nobody.exit, nobody.stderr]).toEqual([5, expect.stringContaining('does not answer')]);
    const most = await somebody.run(
      'doctor',
      '--client',
      'http://127.0.0.1:2/',
      '--offer',
      offer_id,
      '--orders',
      '1001',
    );
    expect([most.exit, most.stderr]).toEqual([2, expect.stringContaining('1000 orders at most')]);
  });
});
