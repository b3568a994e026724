import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../../../..');
/** What a test does itself: servers that stay, the tests, and programs that do not come with `npm ci`. */
const BY_HAND = /npm (?:start|test)|pg_(?:dump|restore)/;
const END = '--- end of a block ---';

/** Commands of a document, and what they are shown to answer. */
export interface Block {
  commands: string;
  answer: unknown;
}

/** Reads the commands of a document that can be pasted. */
export function blocksOf(file: string): Block[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const blocks: Block[] = [];
  for (const [, kind, code = ''] of text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)) {
    const before = blocks.at(-1);
    if (kind === 'sh') blocks.push({ commands: code, answer: undefined });
    else if (kind === 'json' && before) before.answer = JSON.parse(code);
  }
  return blocks.filter(({ commands }) => !BY_HAND.test(commands));
}

/** Makes a folder in which commands run as they do in that of this repository. */
export function makePasteFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'opentopup-paste-'));
  copyFileSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** Pastes blocks into one shell, which ends with the first command that fails; gives what each has written. */
export async function paste(
  blocks: readonly Block[],
  folder: string,
  { env = {}, as = (text) => text }: { env?: Record<string, string>; as?: (commands: string) => string } = {},
): Promise<string[]> {
  const script = as(blocks.map(({ commands }) => `${commands}\necho '${END}'\n`).join(''));
  const shell = spawn('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', HOME: join(folder, 'data'), LANG: 'C', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let [output, errors] = ['', ''];
  shell.stdout.on('data', (chunk: Buffer) => (output += chunk));
  shell.stderr.on('data', (chunk: Buffer) => (errors += chunk));
  const closed = once(shell, 'close');
  const [code] = await once(shell, 'exit');
  // What it has left in the background, where it failed, ends with it.
  try {
    process.kill(-(shell.pid as number));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
  await closed;
  if (code !== 0) throw new Error(`${output.slice(-1_000)}\n${errors}`);
  return output.split(`${END}\n`).slice(0, -1);
}
