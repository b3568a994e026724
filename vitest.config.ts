import { configDefaults, defineConfig } from 'vitest/config';

/** What only `npm run test:long` runs: long stories, pictures, random faults and load. */
const LONG_ONLY = [
  'clock',
  'console-long-list',
  'console-looks',
  'faults',
  'full-load',
  'fuzz',
  'hung-supplier',
  'limits',
  'restart',
  'silent-database',
].map((name) => `packages/server/test/*/${name}.test.ts`);

export default defineConfig({
  test: {
    include: ['packages/*/{src,test}/**/*.test.ts', 'bench/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(process.env['LONG'] ? [] : LONG_ONLY)],
    globalSetup: 'packages/server/test/support/setup.ts',
    // The default leaves one core idle, which on two cores is half of them; the tests mostly wait for a database.
    maxWorkers: '100%',
    // Far above what they need: the machine may be busy with others.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Whole systems on two shared cores: what fails once and not again is told as such, and no reason to stop a change.
    retry: 1,
  },
});
