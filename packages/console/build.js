// Builds the console, unless what was built is newer than all that it is made of. Plain JavaScript: any Node.js runs it.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const here = import.meta.dirname;
const built = join(here, 'dist');
const MADE_OF = ['index.html', 'vite.config.ts', 'package.json', 'build.js', 'src', '../client/src', '../contract/src'];

/** When the newest of the files at or below this path was changed. */
function newest(path) {
  const about = statSync(path);
  if (!about.isDirectory()) return about.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

const isFresh = () => {
  const page = join(built, 'index.html');
  return existsSync(page) && statSync(page).mtimeMs > Math.max(...MADE_OF.map((path) => newest(join(here, path))));
};

/** Beside each file its compressed forms: compressing them for each request would cost the server its time. */
function compress() {
  for (const name of readdirSync(join(built, 'assets'))) {
    const file = join(built, 'assets', name);
    const content = readFileSync(file);
    writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
    const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
    writeFileSync(`${file}.br`, brotliCompressSync(content, options));
  }
}

// Whoever asks for it, a test for example: it is built as it is served.
process.env.NODE_ENV = 'production';

if (!isFresh()) {
  try {
    const { build } = await import('vite');
    await build({ configFile: join(here, 'vite.config.ts'), logLevel: 'error' });
    compress();
  } catch (error) {
    process.stderr.write(`The console could not be built: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
