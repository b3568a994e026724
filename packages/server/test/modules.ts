/** The modules of `packages/server/src`, in their order: each may import itself and what stands before it. */
export const MODULES = [
  'files', // where the program's own are
  'values', // lines, money, countries, dates: plain values
  'secrets',
  'database',
  'config', // the settings
  'read-settings',
  'jobs',
  'outbox', // events as they are written
  'notifiers',
  'http', // what every route needs
  'context', // what modules are given
  'app-options', // what routes are given
  'audit',
  'connectors',
  'distributors',
  'access',
  'requests', // what clients asked and were answered
  'chaos', // what goes wrong in a sandbox because somebody has asked for it
  'signing', // documents that prove themselves
  'catalogue',
  'messages',
  'esims',
  'lookups', // whose network a number is in
  'routing', // which of several products delivers an order
  'reversals', // what becomes of sales after their end
  'sales',
  'agents', // who sells within caps
  'proofs', // receipts that prove themselves
  'sims',
  'events',
  'stock',
  'reports',
  'replays', // how past sales would have gone under other routes
  'statements', // what a month came to, frozen
  'ledger',
  'disputes', // the story of a sale, for whoever has the link
  'refills', // units that distributors order
  'reconciliation', // our books beside those of suppliers
  'recovery', // after a restore
  'webhooks',
  'app',
  'telemetry',
  'write-openapi',
  'main',
];

/** Imports against that order: few, and each with its reason. */
export const EXCEPTIONS: Readonly<Record<string, { imports: readonly string[]; onlyTypes?: true; because: string }>> = {
  'context.ts': {
    imports: ['connectors/call-queue.ts', 'connectors/isolation.ts', 'connectors/registry.ts', 'sales/store.ts'],
    onlyTypes: true,
    because: 'it names what main puts together',
  },
  'app-options.ts': { imports: ['access/tokens.ts'], onlyTypes: true, because: 'it names what main puts together' },
  'distributors/distributors.routes.ts': { imports: ['access/auth.ts'], because: 'routes ask who calls' },
};

/** Which packages of ours a folder may import, always by their names. The longest folder counts. */
export const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'packages/contract/': [],
  'packages/sheets/': [],
  'packages/simulators/': [],
  'packages/client/': ['contract', 'sheets'],
  'packages/opentopup/': ['client', 'contract', 'server'],
  'packages/console/': ['client', 'contract'],
  'packages/server/': ['contract', 'sheets'],
  'packages/server/src/connectors/': ['contract', 'client'],
  'bench/': ['client', 'contract'],
};

/** What a test of any package may import. */
export const OF_TESTS: readonly string[] = ['client', 'console', 'contract', 'sheets'];

/** A kind of import that is forbidden, as `file > what it imports`. */
export interface Rule {
  forbids: RegExp;
  /** A type may be imported all the same. */
  butTypes?: true;
  because: string;
  /** A file and a line of it that break this rule and no other. */
  broken: readonly [string, string];
}

const SRC = 'packages/server/src';
const PURE = String.raw`^packages/server/src/(values/\S+|\S+\.rules\.ts) > `;
const IO =
  'fs|net|http|https|http2|tls|dgram|dns|child_process|cluster|worker_threads|sqlite|stream|timers|readline|process|os';

/** What the end of a file's name, or its place, forbids. */
export const RULES: readonly Rule[] = [
  {
    forbids: /^packages\/contract\/\S+ > node:/,
    because: 'the contract runs in a browser too',
    broken: ['packages/contract/src/x.ts', `import { join } from 'node:path';`],
  },
  {
    forbids: /^packages\/client\/src\/\S+ > @opentopup\/contract$/,
    butTypes: true,
    because: 'with the whole contract comes a library of schemas: import the file itself',
    broken: ['packages/client/src/x.ts', `import { REASONS, type Reason } from '@opentopup/contract';`],
  },
  {
    forbids: new RegExp(`${PURE}(node:(${IO})(/|$)|(fastify|@fastify/.+|pg|pg-.+|@electric-sql/.+)$)`),
    because: 'rules and values are pure: their callers do the I/O',
    broken: [`${SRC}/stock/x.rules.ts`, `import { readFileSync } from 'node:fs';`],
  },
  {
    forbids: new RegExp(`${PURE}@opentopup/contract(?!/plain-text$)`),
    butTypes: true,
    because: 'rules and values take types of the contract, and its patterns of text',
    broken: [`${SRC}/values/x.ts`, `import { REASONS } from '@opentopup/contract';`],
  },
  {
    forbids:
      /\.(store|query)\.ts > (?!@opentopup\/|node:|\S+\/src\/((values|secrets|database)\/|\S+\.(rules|store|query)\.ts$|outbox\/owners\.ts$))/,
    because: 'a store is SQL and nothing else',
    broken: [`${SRC}/stock/x.store.ts`, `import type { FastifyRequest } from 'fastify';`],
  },
  {
    forbids: /\.(wire|job)\.ts > (fastify|@fastify\/.+)$/,
    because: 'only routes know the HTTP server',
    broken: [`${SRC}/stock/x.job.ts`, `import Fastify from 'fastify';`],
  },
  {
    forbids: /\.(routes|wire)\.ts > \S+\.store\.ts$/,
    because: 'routes read by queries; all else is a verb',
    broken: [`${SRC}/stock/x.routes.ts`, `import type { X } from './x.store.ts';`],
  },
  {
    forbids: /\.(routes|wire)\.ts > \S+\/database\/database\.ts$/,
    butTypes: true,
    because: 'routes read by queries; all else is a verb',
    broken: [`${SRC}/stock/x.routes.ts`, `import { sqlState } from '../database/database.ts';`],
  },
  {
    forbids:
      /^(?!.*\/connectors\/([^/]+)\/\S+ > \S+\/connectors\/\1\/)\S+\/src\/(?!connectors\/registry\.ts)\S+ > \S+\/server\/src\/connectors\/[^/]+\//,
    because: 'only connectors/registry.ts knows the connectors',
    broken: [`${SRC}/connectors/x/x.ts`, `import { simulator } from '../simulator/simulator.ts';`],
  },
  {
    forbids: /^\S+\/src\/\S+ > \S+\/test\/\S+$/,
    because: 'a program needs no tests',
    broken: [`${SRC}/stock/x.ts`, `import { x } from '../../test/support/x.ts';`],
  },
];

/** The same for tests and for the bench, which may reach for whatever they look at. */
export const RULES_OF_TESTS: readonly Rule[] = [
  {
    forbids: / > packages\/\S+\/main\.ts$/,
    because: 'a program is started as a process',
    broken: ['bench/x.ts', `import '../packages/server/src/main.ts';`],
  },
];
