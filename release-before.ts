/**
 * Packs the release before this version, from the history of this repository: what an upgrade begins with.
 *
 *   npm run release:pack-before -- FOLDER     where `opentopup-<version>.tgz` is put
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = import.meta.dirname;
const into = resolve(process.argv[2] ?? join(root, 'release'));
/** As it packs today: how a version was packed is no part of it. */
const PACKING = ['release.ts', 'release-parts.ts'];

const run = (cwd: string, command: string, ...args: string[]): string =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();

/** Finds the newest tag before this commit; as long as there is none, the commit before the newest migration. */
function findCommit(): string {
  const [tag] = run(root, 'git', 'tag', '--merged', 'HEAD^', '--list', 'v*', '--sort=-version:refname').split('\n');
  if (tag) return tag;
  const migrated = run(root, 'git', 'log', '-1', '--format=%H', '--', 'packages/server/src/database/migrations');
  return run(root, 'git', 'rev-parse', `${migrated}^`);
}

const checkout = mkdtempSync(join(tmpdir(), 'opentopup-before-'));
try {
  const commit = findCommit();
  run(root, 'git', 'clone', '--quiet', '--shared', '--no-checkout', root, checkout);
  run(checkout, 'git', 'checkout', '--quiet', '--detach', commit);
  run(checkout, 'npm', 'ci', '--prefer-offline', '--no-audit', '--no-fund');
  for (const file of PACKING) copyFileSync(join(root, file), join(checkout, file));
  run(checkout, process.execPath, 'release.ts', into);
  process.stdout.write(`packed ${commit}\n`);
} finally {
  rmSync(checkout, { recursive: true, force: true });
}
