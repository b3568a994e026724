import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OperatorServer } from './support/operator-server.ts';
import { type DemoProgram, startDemoProgram } from './support/program.ts';

const here = join(import.meta.dirname, '..');
const readme = readFileSync(join(here, 'README.md'), 'utf8');
const blocks = [...readme.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, code]) => code as string);
const forOperators = blocks.filter((code) => code.includes('new Operator('));
const forShops = blocks.filter((code) => !forOperators.includes(code));

/** What an example says that it prints: the comments behind `console.log`. */
const promised = (code: string): string[] =>
  [...code.matchAll(/^ *console\.log\(.*\); \/\/ (.*)$/gm)].map(([, text]) => text as string);

let folder: string;
let server: OperatorServer;
let program: DemoProgram;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'opentopup-readme-'));
  mkdirSync(join(folder, 'node_modules/@opentopup'), { recursive: true });
  symlinkSync(here, join(folder, 'node_modules/@opentopup/client'));
  [server, program] = await Promise.all([new OperatorServer().start(), startDemoProgram()]);
});
afterAll(async () => {
  await Promise.all([server.stop(), program.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

/** Runs examples as one program; gives the lines that it prints. */
async function run(examples: string[], env: Record<string, string>): Promise<string[]> {
  const file = join(folder, 'example.mjs');
  writeFileSync(file, examples.join('\n'));
  const child = spawn(process.execPath, [file], { env, stdio: 'pipe' });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk));
  await once(child, 'close');
  return output.trimEnd().split('\n');
}

describe('the README', () => {
  it("has examples that print what they say, over the operator's own API", async () => {
    const esim = server.offers.find(({ product }) => product.type === 'eSim')?.id ?? '';
    const access = { CLIENT_ID: server.clientId, CLIENT_SECRET: server.clientSecret };
    // The sale that is pending comes to its end while it is followed.
    const settle = setInterval(() => server.settle('ok'), 100);
    const printed = await run(forShops, { BASE_URL: server.baseUrl, ESIM_OFFER: esim, ...access });
    clearInterval(settle);
    expect(printed).toEqual(forShops.flatMap(promised));
    expect(printed.length).toBeGreaterThan(10);
  });

  it('has an example for operators that prints what it says, over an OpenTopup', async () => {
    const { baseUrl, adminToken, offer } = program;
    const printed = await run(forOperators, { BASE_URL: baseUrl, ADMIN_TOKEN: adminToken, OFFER: offer('empty') });
    expect(printed).toEqual(forOperators.flatMap(promised));
    expect(printed).toHaveLength(1);
  });

  it('names the options that there are', () => {
    const [, table = ''] = /^\| option .*\n\|[-|]+\n((?:\|.*\n)+)/m.exec(readme) ?? [];
    const named = [...table.matchAll(/^\| (.*?) \|/gm)].flatMap(([, cell = '']) => cell.match(/\w+/g) ?? []);
    const sources = ['options.ts', 'travel-b2b.ts'].map((file) => readFileSync(join(here, 'src', file), 'utf8'));
    const [connection = '', own = ''] = [
      /interface ConnectionOptions \{([\s\S]*?)^\}/m.exec(sources[0] ?? '')?.[1],
      /interface TravelB2BOptions extends ConnectionOptions \{([\s\S]*?)^\}/m.exec(sources[1] ?? '')?.[1],
    ];
    const there = [...`${connection}${own}`.matchAll(/^ {2}(\w+)\??:/gm)].map(([, name]) => name as string);
    expect(named.toSorted()).toEqual(there.toSorted());
  });
});
