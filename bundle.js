// Bundles the programs of this repository, each into the folder `dist` of its package, where what was built is older than
// what it is made of: one file starts in a third of the processor time of a thousand. Plain JavaScript: any Node.js runs it.
//
//   node bundle.js                   for this checkout
//   node bundle.js FOLDER BUILD      for a release, below another folder, all of it; the command tells BUILD with its version
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isFresh } from './is-fresh.js';

const [into, release = 'source'] = process.argv.slice(2);
const packages = join(import.meta.dirname, 'packages');
const MIGRATIONS = join(packages, 'server/src/database/migrations');
const SHARED = ['client/src', 'contract/src', 'sheets/src', 'simulators/src', '../bundle.js', '../package-lock.json'];
/** The number of the newest migration. */
const schema = readdirSync(MIGRATIONS).toSorted().at(-1)?.slice(0, 4);

/** The entries of each program, by the name of what is built of them. */
const PROGRAMS = {
  server: {
    main: 'src/main.ts',
    'pglite-process': 'src/database/pglite-process.ts',
    'check-schema': 'src/app/check-schema.ts',
    'distribute-database': 'src/app/distribute-database.ts',
  },
  // What it becomes when it plays a supplier is a program of its own.
  opentopup: { main: 'src/main.ts', simulators: '../simulators/src/main.ts' },
};

for (const [name, entries] of Object.entries(PROGRAMS)) {
  const folder = join(packages, name);
  const own = ['src', 'package.json'].map((path) => join(folder, path));
  const madeOf = [...own, MIGRATIONS, ...SHARED.map((path) => join(packages, path))];
  if (!into && isFresh(join(folder, 'dist/main.js'), madeOf)) continue;
  const { build } = await import('rolldown');
  await build({
    input: Object.fromEntries(Object.entries(entries).map(([built, source]) => [built, join(folder, source)])),
    platform: 'node',
    transform: { define: { BUILD: JSON.stringify(`build ${release}, schema ${schema}`) } },
    // It reads files beside its own.
    external: [/^@electric-sql\//],
    // What was built before stays: a server that runs may still come to load a part of it.
    output: { dir: into ? join(into, 'packages', name, 'dist') : join(folder, 'dist'), format: 'esm' },
    logLevel: 'warn',
  });
}
