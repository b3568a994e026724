import { join } from 'node:path';

// This folder, or `dist`, where the server is bundled; what is beside the one is beside the other.
const here = import.meta.dirname;

export const MANIFEST = join(here, '../package.json');
export const CONSOLE = join(here, '../../console/dist');
export const MIGRATIONS = join(here, '../src/database/migrations');

/** The program that the embedded database runs in. */
export const ENGINE = join(
  here,
  import.meta.filename.endsWith('.ts') ? 'database/pglite-process.ts' : 'pglite-process.js',
);
