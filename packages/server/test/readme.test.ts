import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ADMIN_TOKEN, createEmptyPlace, type Place } from './support/server.ts';

const readme = readFileSync(join(import.meta.dirname, '../../../README.md'), 'utf8');

let place: Place;
beforeAll(async () => {
  place = await createEmptyPlace('postgresql');
});
afterAll(() => place.remove());

it('the README leads from an empty PostgreSQL to a first sale', async () => {
  const script = /What it takes to a first sale[^`]*(?:`[^`\n]+`[^`]*)*```sh\n([\s\S]*?)```/.exec(readme)?.[1];
  expect(script).toContain('/distributors/transactions');
  const { baseUrl } = await place.start();
  const env = { PATH: process.env['PATH'] ?? '', BASE: baseUrl, ADMIN_TOKEN };
  const shell = spawn('bash', ['-euo', 'pipefail', '-c', script ?? ''], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  shell.stdout.on('data', (chunk: Buffer) => (output += chunk));
  const [code] = await once(shell, 'close');
  expect(code).toBe(0);
  const [grant, sale] = output
    .replace('}{', '}\n{')
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  expect(grant).toMatchObject({ units: 50, bucket: { available: 50 } });
  expect(sale).toMatchObject({ status: 'ok', offer_name: 'Mobile France 10 EUR', resell_value: 7.92 });
});
