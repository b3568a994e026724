import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProgram } from '../support/program.ts';
import { ADMIN_TOKEN, SEALING_KEY } from '../support/secrets.ts';
import { createEmptyPlace, type Place, type RunningServer } from '../support/server.ts';

const root = join(import.meta.dirname, '../../../..');
/** What the test does itself: servers that stay, the tests, and programs that do not come with `npm ci`. */
const BY_HAND = /npm (?:start|test)|pg_(?:dump|restore)/;
/** Where a server on PostgreSQL answers, as the documents have it. */
const SECOND = 'http://127.0.0.1:8081';
/** Each command of a program in a shell takes seconds where the machine is busy. */
const PATIENCE_MS = 400_000;

/** Commands, and what they are shown to answer. */
interface Block {
  commands: string;
  answer: unknown;
}

function blocksOf(file: string): Block[] {
  const text = readFileSync(join(root, file), 'utf8');
  const blocks: Block[] = [];
  for (const [, kind, code = ''] of text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)) {
    const before = blocks.at(-1);
    if (kind === 'sh') blocks.push({ commands: code, answer: undefined });
    else if (kind === 'json' && before) before.answer = JSON.parse(code);
  }
  return blocks.filter(({ commands }) => !BY_HAND.test(commands));
}

/** The pages whose commands go on from one another: the README, the guide in the order of its list, then PostgreSQL. */
function chainedPages(): string[] {
  const index = readFileSync(join(root, 'docs/index.md'), 'utf8');
  const guide = [...index.matchAll(/\((guide\/[\w-]+\.md)\)/g)].map(([, page]) => page as string);
  const [last, ...others] = [...new Set(guide)].toReversed();
  expect(last).toBe('guide/gateway.md');
  const pages = [...others.toReversed(), 'operate/settings.md', 'operate/postgresql.md', 'guide/gateway.md'];
  return ['README.md', ...pages.map((page) => `docs/${page}`)];
}

/** What a value looks like: its fields, and those below. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shapeOf(each)]));
}

const END = '--- end of a block ---';
const jsonIn = (text: string): any => JSON.parse(text.slice(text.indexOf('{')));

// What is pasted a second time meets what the first has made.
describe('whoever pastes one command of the documents after the other', { retry: 0 }, () => {
  let folder: string;
  let demo: RunningServer;
  let place: Place;
  let second: RunningServer;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'opentopup-readme-'));
    copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    place = await createEmptyPlace('postgresql');
    [demo, second] = await Promise.all([
      startProgram({ DATA_DIR: join(folder, 'data') }),
      place.start({ SEALING_KEY }),
    ]);
  });
  afterAll(async () => {
    await demo?.kill();
    await place?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs blocks in one shell, which ends with the first command that fails; gives what each has written. */
  async function run(blocks: readonly Block[], own: Record<string, string> = {}): Promise<string[]> {
    const script = blocks.map(({ commands }) => `${commands}\necho '${END}'\n`).join('');
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: join(folder, 'data'),
      LANG: 'C',
      ADMIN_TOKEN,
      SEALING_KEY,
      ...own,
    };
    const shell = spawn('bash', ['-euo', 'pipefail', '-c', script.replaceAll(SECOND, second.baseUrl)], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [output, errors] = ['', ''];
    shell.stdout.on('data', (chunk: Buffer) => (output += chunk));
    shell.stderr.on('data', (chunk: Buffer) => (errors += chunk));
    const [code] = await once(shell, 'close');
    if (code !== 0) throw new Error(`${output.slice(-1_000)}\n${errors}`);
    return output.split(`${END}\n`).slice(0, -1);
  }

  it(
    'meets what the README and the guide say, on the demo, on PostgreSQL and through a gateway',
    async () => {
      const blocks = chainedPages().flatMap(blocksOf);
      const outputs = await run(blocks);
      const answered = blocks.flatMap(({ answer }, i) => (answer === undefined ? [] : [{ answer, i }]));
      expect(answered.length).toBeGreaterThan(3);
      for (const { answer, i } of answered) expect(shapeOf(jsonIn(outputs[i] ?? ''))).toEqual(shapeOf(answer));

      const outputOf = (words: string): string =>
        outputs[blocks.findIndex(({ commands }) => commands.includes(words))] ?? '';
      const sales = (words: string): unknown[] =>
        outputOf(words)
          .split(/(?<=\})(?=\{)/)
          .map((text) => jsonIn(text));
      expect(sales('"Airport shop"').at(-1)).toMatchObject({ status: 'ok', resell_value: 7.92 });
      expect(sales('"PO-2"').at(-1)).toMatchObject({ status: 'ok', supplier_name: 'Orange', resell_value: 7.92 });
      expect(sales('009')[0]).toMatchObject({ status: 'ko', reason: 'not_delivered' });
      expect(outputOf('openssl pkeyutl')).toMatch(/^LPA:1\$/);
    },
    PATIENCE_MS,
  );

  it(
    'makes the first account and signs in as docs/operate/accounts.md says',
    async () => {
      const TOKEN = /password#(\S+)/.exec(second.output())?.[1] ?? '';
      const [account = '', sale = ''] = await run(blocksOf('docs/operate/accounts.md'), {
        BASE: second.baseUrl,
        TOKEN,
      });
      expect(jsonIn(account)).toMatchObject({ email: 'ada@operator.example', role: 'operator_admin' });
      expect(sale).toContain('"status":"ok"');
    },
    PATIENCE_MS,
  );

  it('leaves nothing behind but in the folder of the data, which Git does not keep', () => {
    expect(readdirSync(folder).toSorted()).toEqual(['data', 'node_modules', 'package.json']);
    expect(readFileSync(join(root, '.gitignore'), 'utf8').split('\n')).toContain('data/');
  });
});
