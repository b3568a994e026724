import { readFile } from 'node:fs/promises';
import { Operator } from '@opentopup/client';
import {
  CommandLine,
  type DemoProgram,
  environment,
  OperatorServer,
  startDemoProgram,
} from '@opentopup/client/testing';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type DeviatingProxy, startDeviatingProxy } from './support/deviating-proxy.ts';
import { PLANTED } from './support/plants.ts';

const SANDBOX = '/travel-b2b-sandbox/v1';
const ALL = ['conformance', '--sell', '--replace-key'];

interface Told {
  passes: boolean;
  calls: number;
  units: number;
  results: {
    id: string;
    outcome: string;
    because?: string;
    findings: unknown[];
    request?: unknown;
    answer?: unknown;
  }[];
}

let program: DemoProgram;
let proxy: DeviatingProxy;
let somebody: CommandLine;
let operator: Operator;
const at = (origin: string): CommandLine => somebody.with(environment(origin + SANDBOX, program.sandbox));

beforeAll(async () => {
  program = await startDemoProgram();
  proxy = await startDeviatingProxy(program.baseUrl);
  somebody = await CommandLine.create();
  operator = new Operator({ baseUrl: program.baseUrl, adminToken: program.adminToken });
});
afterAll(async () => {
  await proxy.stop();
  await program.stop();
  await somebody.remove();
});

async function results(who: CommandLine, ...args: string[]): Promise<Told & { exit: number | null }> {
  const { exit, values } = await who.json(...args);
  return { ...(values[0] as unknown as Told), exit };
}
const deviating = ({ results: all }: Told): string[] =>
  all.filter(({ outcome }) => outcome === 'deviates').map(({ id }) => id);

/** An offer that may be sold out. */
async function offerFew(units: number): Promise<string> {
  const { values } = await at(program.baseUrl).json('offers');
  const [{ product, distributor_id } = expect.fail('no offer')] = values as {
    product: { id: string };
    distributor_id: string;
  }[];
  const body = { distributor_id, product_id: product.id, name: 'Few left', resell_value: 1 };
  const { id } = await operator.call('createOffer', { body });
  await operator.stock.grant(id, { units, reference: 'few', justification: 'to be sold out' });
  return id;
}

describe('conformance', () => {
  it('finds nothing at OpenTopup, whatever it is allowed', async () => {
    await offerFew(3);
    const told = await results(at(program.baseUrl), ...ALL);
    expect(told.results.filter(({ outcome }) => outcome === 'deviates')).toEqual([]);
    expect(told).toMatchObject({ exit: 0, passes: true });
    const skipped = told.results.filter(({ outcome }) => outcome === 'skipped').map(({ id }) => id);
    expect(skipped).toEqual(['createTransaction/unmanaged', 'createToken/tokens_limited']);
    expect(told.units).toBeLessThanOrEqual(16);
  });

  it('invents nothing behind a proxy that changes nothing', async () => {
    const told = await results(at(proxy.origin), ...ALL);
    expect(deviating(told)).toEqual([]);
  });

  it.each(PLANTED)('finds that $what, and nothing else', async ({ found, ...plant }) => {
    proxy.plant(plant);
    onTestFinished(() => proxy.plant({}));
    const told = await results(at(proxy.origin), ...ALL);
    expect(told).toMatchObject({ exit: 1, passes: false });
    const ids = deviating(told);
    expect(ids).not.toEqual([]);
    expect(ids.filter((id) => !found.test(id))).toEqual([]);
  });

  it('sells and changes nothing unless it is allowed to', async () => {
    const asked: string[] = [];
    proxy.plant({
      asked: (passing) => {
        asked.push(`${passing.method} ${passing.path}`);
        return passing;
      },
    });
    onTestFinished(() => proxy.plant({}));
    const told = await results(at(proxy.origin), 'conformance');
    expect(told).toMatchObject({ exit: 0, units: 0 });
    const writing = asked.filter((each) => !each.startsWith('GET '));
    expect(new Set(writing)).toEqual(new Set(['POST /oauth/v3/token', `POST ${SANDBOX}/live`]));
    expect(asked.length).toBe(told.calls + 1);
  });

  it('sells on a live server only the number that is named', async () => {
    const live = somebody.with(environment(program.baseUrl, program.shop));
    expect(await live.run('conformance', '--sell')).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('--msisdn'),
    });
    const named = ['--sell', '--msisdn', '0684587577', '--refused', '0684587002'];
    const told = await results(live, 'conformance', ...named);
    expect(deviating(told)).toEqual([]);
    const { values } = await live.json('transactions');
    const lines = new Set(values.map(({ parameters }) => (parameters as { msisdn: string }).msisdn));
    expect(lines).toEqual(new Set(['+33684587577', '+33684587002']));
    expect(told.results.find(({ id }) => id === 'createTransaction/unmanaged')).toMatchObject({ outcome: 'kept' });
  });

  it('says what the operator’s own API, as it is played here, does otherwise', async () => {
    const operators = await new OperatorServer().start();
    onTestFinished(() => operators.stop());
    const told = await results(somebody.with(environment(operators.baseUrl, operators)), 'conformance');
    expect(told.exit).toBe(1);
    // It lets in whoever it knows, and tells what it has; what it is asked wrongly it does not look at.
    const lax = /\/(no_\w+|limit_zero|offset_words|nobodys|method|unknown_level|six_months|other_supplier)$/;
    expect(deviating(told)).toContain('isAlive/method');
    expect(deviating(told).filter((id) => !lax.test(id))).toEqual([]);
  });

  it('writes what it found for programs and for people, without secrets or customers', async () => {
    proxy.plant(PLANTED.find(({ what }) => what.endsWith('any reference')) ?? {});
    onTestFinished(() => proxy.plant({}));
    const files = ['junit', 'html', 'badge'].map((name) => [`--${name}`, somebody.file(name)] as const);
    const { exit, stdout } = await at(proxy.origin).run(...ALL, ...files.flat());
    expect(exit).toBe(1);
    expect(stdout).toMatch(/^deviates\tgetDistributorTransactionList\tby_user\tcritical\t/m);
    const [junit = '', html = '', badge = ''] = await Promise.all(files.map(([, file]) => readFile(file, 'utf8')));
    const [, count = ''] = /<testsuites [^>]*failures="(\d+)"/.exec(junit) ?? [];
    expect(Number(count)).toBeGreaterThan(0);
    expect(html).toContain('getDistributorTransactionList/by_user');
    expect(badge).toContain(`: ${count} deviation`);
    for (const text of [stdout, junit, html]) {
      expect(text).not.toMatch(/684587587|Bearer [\w-]+\.|conformance-[0-9a-f]{8}-/);
      expect(text).not.toContain(program.sandbox.clientSecret);
    }
  });

  it('says why where nobody answers, nobody is let in, or nothing could be written', async () => {
    const wrong = somebody.with(environment(program.baseUrl + SANDBOX, { ...program.sandbox, clientSecret: 'wrong' }));
    expect(await wrong.run('conformance')).toMatchObject({ exit: 6, stdout: '' });
    expect(await at('http://127.0.0.1:9').run('conformance')).toMatchObject({ exit: 5, stdout: '' });
    const nowhere = await at(program.baseUrl).run('conformance', '--html', somebody.file('no/such/folder'));
    expect(nowhere).toMatchObject({ exit: 2, stderr: expect.stringContaining('no/such/folder') });
    expect(await at(program.baseUrl).run('conformance', '--replace-key')).toMatchObject({ exit: 2 });
  });

  it('speaks French', async () => {
    const { exit, stdout, stderr } = await at(program.baseUrl).with({ LANG: 'fr_FR.UTF-8' }).run('conformance');
    expect(exit).toBe(0);
    expect(stdout).toContain('pas sans --sell');
    expect(stderr).toContain('Aucun écart.');
  });

  it('finds the limit of tokens where it may use it up, after which nobody gets one', async () => {
    const told = await results(at(program.baseUrl), 'conformance', '--limits');
    expect(told.results.find(({ id }) => id === 'createToken/tokens_limited')).toMatchObject({ outcome: 'kept' });
  });
});
