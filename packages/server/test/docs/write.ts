import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fillIn, REFERENCE_PAGES } from './reference.ts';

// Fills in what is made from the code in docs/reference: `npm run docs`.
const root = join(import.meta.dirname, '../../../..');
for (const page of REFERENCE_PAGES) {
  const file = join(root, page);
  writeFileSync(file, fillIn(readFileSync(file, 'utf8')));
}
