import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

/**
 * Files that only `npm run test:long` runs: long stories, most pages of the console, random faults and load. Single tests of
 * other files have the tag `long` instead.
 */
const LONG_ONLY = [
  'client/test/faults',
  'client/test/listen',
  'client/test/opentopup',
  'client/test/published',
  'opentopup/test/conformance',
  'opentopup/test/doctor',
  'opentopup/test/release',
  'server/test/access/guessing',
  'server/test/access/oauth',
  'server/test/access/shared-addresses',
  'server/test/app/clock',
  'server/test/app/clocks-apart',
  'server/test/catalogue/catalogue-readings',
  'server/test/catalogue/countries',
  'server/test/catalogue/large-catalogue',
  'server/test/catalogue/whole-catalogue',
  'server/test/connectors/books',
  'server/test/connectors/dtone-sales',
  'server/test/connectors/endless-answers',
  'server/test/connectors/exchanges',
  'server/test/connectors/hung-supplier',
  'server/test/connectors/played-suppliers',
  'server/test/console/console-account',
  'server/test/console/console-chats',
  'server/test/console/console-programs',
  'server/test/console/console-counter',
  'server/test/console/console-distributors',
  'server/test/console/console-filters',
  'server/test/console/console-guards',
  'server/test/console/console-integrate',
  'server/test/console/console-journeys',
  'server/test/console/console-long-list',
  'server/test/console/console-looks',
  'server/test/console/console-news',
  'server/test/console/console-office',
  'server/test/console/console-offline',
  'server/test/console/console-overview',
  'server/test/console/console-pages',
  'server/test/console/console-passkeys',
  'server/test/console/console-reconciliation',
  'server/test/console/console-recovery',
  'server/test/console/console-reference',
  'server/test/console/console-refills',
  'server/test/console/console-reflow',
  'server/test/console/console-reversals',
  'server/test/console/console-sign-on',
  'server/test/console/console-statements',
  'server/test/console/console-stopped',
  'server/test/console/console-stuck',
  'server/test/console/console-suppliers',
  'server/test/console/console-transactions',
  'server/test/database/database-outage',
  'server/test/database/full-disk',
  'server/test/database/no-connections',
  'server/test/database/private-files',
  'server/test/database/silent-database',
  'server/test/database/slow-disk',
  'server/test/docs/readme',
  'server/test/docs/tutorial',
  'server/test/fuzz/fuzz',
  'server/test/http/compress',
  'server/test/http/cut-requests',
  'server/test/http/collections',
  'server/test/http/dates',
  'server/test/http/every-limit',
  'server/test/http/limits',
  'server/test/http/odd-text',
  'server/test/messages/customer-notices',
  'server/test/reconciliation/killed-booking',
  'server/test/reconciliation/planted-differences',
  'server/test/reconciliation/quarter',
  'server/test/reconciliation/recovery',
  'server/test/replays/million',
  'server/test/replays/replay',
  'server/test/reversals/after-the-end',
  'server/test/routing/chained-suppliers',
  'server/test/routing/every-order',
  'server/test/sales/faults',
  'server/test/sales/full-load',
  'server/test/sales/overload',
  'server/test/sales/restart',
  'server/test/sales/totals-of-millions',
  'server/test/sales/spreadsheets',
  'server/test/statements/killed-closing',
  'server/test/statements/many-sales',
  'server/test/stock/chats',
  'server/test/support/postgres',
  'server/test/telemetry/tracing',
  'simulators/test/control',
].map((name) => `packages/${name}.test.ts`);

/**
 * For programs that live for seconds: what the optimising compilers do for them in that time, for a server's JavaScript and the
 * embedded engine's WebAssembly, takes more processor than it saves.
 */
const BRIEF = `--import=data:text/javascript,${[
  '--no-opt',
  '--no-maglev',
  '--no-wasm-tier-up',
  '--no-wasm-dynamic-tiering',
]
  .map((flag) => `process.getBuiltinModule('v8').setFlagsFromString('${flag}')`)
  .join(';')}`;

export default defineConfig({
  test: {
    // Two on each core: with one, two fifths of the processors' time went by in waiting.
    maxWorkers: 2 * availableParallelism(),
    // Far above what they need: the machine may be busy with others.
    testTimeout: 120_000,
    hookTimeout: 300_000,
    env: process.env['LONG'] ? {} : { NODE_OPTIONS: BRIEF },
    tags: [{ name: 'long', description: 'only in the long form, `npm run test:long`', skip: !process.env['LONG'] }],
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
          // A file that finds modules as the last one has left them saves a second of processor; the long form is sure of more.
          isolate: Boolean(process.env['LONG']),
          include: ['packages/*/test/**/*.test.ts'],
          exclude: [
            ...configDefaults.exclude,
            ...(process.env['LONG'] ? [] : LONG_ONLY),
            ...(process.env['DEPLOY'] ? [] : ['packages/server/test/deploy/**']),
            ...(process.env['CITUS'] ? [] : ['packages/server/test/citus/**']),
          ],
          globalSetup: 'packages/server/test/support/setup.ts',
        },
      },
    ],
  },
});
