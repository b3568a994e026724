import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Programs of others that a test runs, as their version; with what they need, each has 70 MB, too much for every `npm ci`. */
const VERSIONS = { '@stoplight/prism-cli': '5.16.0', newman: '6.2.2' } as const;
const PROGRAMS = { '@stoplight/prism-cli': 'prism', newman: 'newman' } as const;

/** Installs a program from the registry, once; its scripts do not run. @returns the file that Node.js runs */
export async function installNpmTool(name: keyof typeof VERSIONS): Promise<string> {
  const folder = join(import.meta.dirname, '../../../../artifacts/tools', `${PROGRAMS[name]}-${VERSIONS[name]}`);
  const program = join(folder, 'node_modules/.bin', PROGRAMS[name]);
  if (existsSync(program)) return program;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{"private":true}\n');
  const wanted = [`${name}@${VERSIONS[name]}`, '--ignore-scripts', '--no-audit', '--no-fund'];
  await promisify(execFile)('npm', ['install', ...wanted], { cwd: folder });
  return program;
}
