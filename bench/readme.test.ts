import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FIGURES } from './figures/all.ts';

test('the README of the bench lists every figure, with what it must reach and its aim', () => {
  const text = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
  const rows = [...text.matchAll(/^\| `(\w+)` \| (.+?) \| (.+?) \| (.+?) \|/gm)].map((row) => row.slice(1, 5));
  expect(rows).toEqual(
    FIGURES.map(({ name, what, must, aim, unit }) => [name, what, `${must} ${unit}`, `${aim} ${unit}`]),
  );
});
