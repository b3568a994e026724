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
    // The default leaves one core idle, which on two cores is half of them; the tests mostly wait for a database.
    maxWorkers: '100%',
    // Far above what they need: the machine may be busy with others.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        // Pure: what one leaves behind, no other meets, and a process for each would take longer than they do.
        test: { name: 'rules', include: ['packages/*/src/**/*.test.ts', 'bench/**/*.test.ts'], isolate: false },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: ['packages/*/test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...(process.env['LONG'] ? [] : LONG_ONLY)],
          globalSetup: 'packages/server/test/support/setup.ts',
        },
      },
    ],
  },
});
