import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { table } from './table.ts';

test('the document on forecasts tells how good they are now: `npm run forecast` prints it', {
  tags: 'long',
  timeout: 600_000,
}, () => {
  const text = readFileSync(join(import.meta.dirname, '../../docs/guide/forecast.md'), 'utf8');
  const told = text.split('\n').filter((line) => /^\| (history|`\w+` \| .* %)/.test(line));
  const [head, , ...rows] = table();
  expect(told).toEqual([head, ...rows]);
});
