// Builds the console, unless what was built is newer than all that it is made of. Plain JavaScript: any Node.js runs it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { isFresh } from '../../is-fresh.js';

const here = import.meta.dirname;
const built = join(here, 'dist');
const MADE_OF = [
  'index.html',
  'vite.config.ts',
  'service-worker.js',
  'package.json',
  'build.js',
  'src',
  '../client/src',
  '../contract/src',
];

/** Beside each file its compressed forms: compressing them for each request would cost the server its time. */
function compress() {
  for (const name of readdirSync(join(built, 'assets'))) {
    const file = join(built, 'assets', name);
    const content = readFileSync(file);
    writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
    writeFileSync(`${file}.br`, brotliCompressSync(content));
  }
}

// Whoever asks for it, a test for example: it is built as it is served.
process.env.NODE_ENV = 'production';

const madeOf = MADE_OF.map((path) => join(here, path));
if (!isFresh(join(built, 'index.html'), madeOf)) {
  try {
    const { build } = await import('vite');
    await build({ configFile: join(here, 'vite.config.ts'), logLevel: 'error' });
    compress();
  } catch (error) {
    process.stderr.write(`The console could not be built: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
