import { readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProgram } from '../support/program.ts';
import type { RunningServer } from '../support/server.ts';
import { blocksOf, makePasteFolder, paste } from './paste.ts';

/** Each command of a program in a shell takes seconds where the machine is busy. */
const PATIENCE_MS = 400_000;

/** Finds a port that nobody listens on, for what the tutorial has listen on 3000. */
async function findPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return String(port);
}

// What is pasted a second time meets what the first has made.
describe('an integrator who pastes the tutorial', { retry: 0 }, () => {
  const blocks = blocksOf('docs/guide/tutorial.md');
  let folder: string;
  let demo: RunningServer;
  let outputs: string[];

  beforeAll(async () => {
    folder = makePasteFolder();
    demo = await startProgram({ DATA_DIR: join(folder, 'data') });
    const port = await findPort();
    outputs = await paste(blocks, folder, { as: (commands) => commands.replaceAll('3000', port) });
  }, PATIENCE_MS);
  afterAll(async () => {
    await demo?.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Gives what the block with these words has written. */
  const outputOf = (words: string): string =>
    outputs[blocks.findIndex(({ commands }) => commands.includes(words))] ?? expect.fail(`no block has ${words}`);
  const idsIn = (text: string): string[] => text.match(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/gm) ?? [];

  it('sells, is refused for a barred number and a stock that is empty, and waits for what is pending', () => {
    expect(outputOf('--msisdn 0684587587')).toMatch(/^status\tok$/m);
    const refused = outputOf('0684587002');
    expect(refused).toMatch(
      /^reason\tline_barred$[\s\S]*^ended with 3$[\s\S]*^reason\tbucket_empty$[\s\S]*^ended with 3$/m,
    );
    expect(outputOf('0684587007')).toMatch(/^status\tpending$[\s\S]*^ended with 4$[\s\S]*^status\tok$/m);
  });

  it('sells once under a key, and anew where the key has ended by the clock of the sandbox', () => {
    const [first, repeated] = idsIn(outputOf('order() {'));
    expect(first).toBeDefined();
    expect(repeated).toBe(first);
    const later = outputOf('opentopup clock 2d');
    expect(later).toMatch(/^ahead_s\t0$[\s\S]*^ahead_s\t172800$/m);
    const [anew] = idsIn(later);
    expect(anew).toBeDefined();
    expect(anew).not.toBe(first);
  });

  it('is told of an example and of a sale, by a program without a public address', () => {
    const told = readFileSync(join(folder, 'data/told.jsonl'), 'utf8');
    expect(told).toContain('"type":"stock.low"');
    expect(outputOf('kill $LISTENER')).toMatch(/\ttransaction\.completed\t204\t/);
  });

  it('loses no sale to chaos, and is told what it met', () => {
    const met = outputOf('X-Sandbox-Chaos');
    expect(met).toMatch(/^curl ended with 52$/m);
    expect(idsIn(met)).toHaveLength(1);
    expect(met).toContain('cut_after');
    const lately = outputOf('chaos set');
    expect(lately.match(/^status\tok$/gm)).toHaveLength(5);
    expect(lately).toMatch(/\t(?:cut_after|service_unavailable)\tsetting\t/);
  });

  it('has a program examined that loses, doubles and misreads nothing', () => {
    expect(outputOf('opentopup doctor')).not.toMatch(/lost|doubled|misread/);
  });

  it('finds what was refused, counted', () => {
    expect(outputOf('requests refusals')).toContain('line_barred');
  });
});
