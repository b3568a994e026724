// Bundles the server, unless what was built is newer than all that it is made of: one file starts in a third of the
// processor time of a thousand. Plain JavaScript: any Node.js runs it.
import { join } from 'node:path';
import { isFresh } from '../../is-fresh.js';

const here = import.meta.dirname;
const built = join(here, 'dist');
const MADE_OF = [
  'src',
  'build.js',
  'package.json',
  '../client/src',
  '../contract/src',
  '../sheets/src',
  '../../package-lock.json',
];

const madeOf = MADE_OF.map((path) => join(here, path));
if (!isFresh(join(built, 'main.js'), madeOf)) {
  const { build } = await import('rolldown');
  await build({
    input: { main: join(here, 'src/main.ts'), 'pglite-process': join(here, 'src/database/pglite-process.ts') },
    platform: 'node',
    // They read files beside their own.
    external: [/^@electric-sql\//, /^@scalar\//],
    output: { dir: built, cleanDir: true, format: 'esm' },
    logLevel: 'warn',
  });
}
