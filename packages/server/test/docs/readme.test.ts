import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProgram } from '../support/program.ts';
import { ADMIN_TOKEN, SEALING_KEY } from '../support/secrets.ts';
import { createEmptyPlace, type Place, type RunningServer } from '../support/server.ts';
import { type Block, blocksOf, makePasteFolder, paste, ROOT } from './paste.ts';

/** Where a server on PostgreSQL answers, as the documents have it. */
const SECOND = 'http://127.0.0.1:8081';
/** Each command of a program in a shell takes seconds where the machine is busy. */
const PATIENCE_MS = 400_000;

/** The pages whose commands go on from one another: the README, the guide in the order of its list, then PostgreSQL. */
function chainedPages(): string[] {
  const index = readFileSync(join(ROOT, 'docs/index.md'), 'utf8');
  const guide = new Set([...index.matchAll(/\((guide\/[\w-]+\.md)\)/g)].map(([, page]) => page as string));
  // It puts the clock of the sandbox forward, and has a test of its own.
  guide.delete('guide/tutorial.md');
  const [last, ...others] = [...guide].toReversed();
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

const jsonIn = (text: string): any => JSON.parse(text.slice(text.indexOf('{')));

// What is pasted a second time meets what the first has made.
describe('whoever pastes one command of the documents after the other', { retry: 0 }, () => {
  let folder: string;
  let demo: RunningServer;
  let place: Place;
  let second: RunningServer;

  beforeAll(async () => {
    folder = makePasteFolder();
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

  /** Pastes blocks, for which the second server is where the documents have it. */
  const run = (blocks: readonly Block[], own: Record<string, string> = {}): Promise<string[]> =>
    paste(blocks, folder, {
      env: { ADMIN_TOKEN, SEALING_KEY, ...own },
      as: (commands) => commands.replaceAll(SECOND, second.baseUrl),
    });

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
    expect(readFileSync(join(ROOT, '.gitignore'), 'utf8').split('\n')).toContain('data/');
  });
});
