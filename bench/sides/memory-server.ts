// The server with everything but the store: it checks tokens and orders, calls the supplier, writes answers. What it
// reads of the database it reads once; what it would write, it only says to be written.

import { findClient } from '../../packages/server/src/access/credentials/credentials.query.ts';
import { createTokens, newSigningKey } from '../../packages/server/src/access/tokens.ts';
import { createApp } from '../../packages/server/src/app/http-server.ts';
import { createCatalogue } from '../../packages/server/src/catalogue/catalogue.cache.ts';
import { createCallQueue } from '../../packages/server/src/connectors/call-queue.ts';
import { createIsolation } from '../../packages/server/src/connectors/isolation.ts';
import { createConnectors } from '../../packages/server/src/connectors/registry.ts';
import { type Context, emptyMemory } from '../../packages/server/src/context.ts';
import type { Db } from '../../packages/server/src/database/database.ts';
import { openPostgresql } from '../../packages/server/src/database/postgres.ts';
import { createAddressRules } from '../../packages/server/src/http/allowed-addresses.ts';
import { NO_NOTIFIERS } from '../../packages/server/src/notifiers/notifier.ts';
import { createLogger, standardOutput } from '../../packages/server/src/telemetry/logger.ts';

/** More different questions than the catalogue can be asked: somebody asks about each single order. */
const TOO_MANY = 10_000;

/** Wraps a database so that it is asked everything once. */
function remembered(db: Db): Db {
  const known = new Map<string, Map<string, Promise<never[]>>>();
  const query: Db['query'] = (sql, params = []) => {
    if (!/^\s*SELECT\b/i.test(sql)) throw new Error(`the memory side would write: ${sql}`);
    const answers = known.get(sql) ?? new Map<string, Promise<never[]>>();
    known.set(sql, answers);
    const asked = JSON.stringify(params);
    const answer = answers.get(asked) ?? db.query<never>(sql, params);
    answers.set(asked, answer);
    if (answers.size > TOO_MANY) throw new Error(`the memory side asks the database again and again: ${sql}`);
    return answer;
  };
  return {
    ...db,
    query,
    reads: { query },
    transaction: () => {
      throw new Error('the memory side would write');
    },
  };
}

const { DATABASE_URL = '', ADMIN_TOKEN = '', PORT, HOST = '' } = process.env;
const log = createLogger(
  'info',
  standardOutput(() => process.exit()),
);
const db = remembered(openPostgresql(DATABASE_URL, (error) => log.warn({ err: error })));
const ctx: Context = {
  store: {
    db,
    catalogue: createCatalogue(db),
    beginAttempt: async () => false,
    hold: async () => ({ result: 'held' }),
    holdGuarded: async () => ({ result: 'held' }),
    transaction: async () => null,
    available: async () => null,
    resolve: async ({ status, reason, message, at }) => ({ final: { status, reason, message, at }, settled: true }),
  },
  connectors: createConnectors({ simulator: { latency_ms: 0, callbackUrl: () => null, callbackSecret: '' } }),
  callLog: createCallQueue(),
  ...emptyMemory(),
  isolation: createIsolation({ down: () => {}, up: () => {} }),
  seal: null,
  publicUrl: null,
  consoleUrl: () => '',
  addressRules: createAddressRules([]),
  notifiers: NO_NOTIFIERS,
  onCall: () => {},
  reversals: { secondPersonAbove: null, onSupplierProof: 'propose' },
  businessTimeZone: 'UTC',
  supplier_deadline_ms: 10_000,
  stopping: new AbortController().signal,
  now: () => new Date(),
  alert: (message, fields) => log.error(fields, message),
  background: () => {},
};
const app = await createApp(
  {
    ctx,
    db,
    reports: db,
    ping: async () => {},
    leaving: new AbortController().signal,
    tokens: createTokens(newSigningKey(), (client_id) => findClient(db, client_id)),
    isClosed: () => false,
    adminToken: ADMIN_TOKEN,
    publicUrl: undefined,
    trustedProxy: undefined,
    metricsToken: null,
    readMetrics: async () => '',
    watchers: [],
    noteRequest: () => {},
    idempotencyKeyLife_s: 86_400,
    version: 'memory',
    consoleFolder: null,
  },
  log,
);
await app.listen({ port: Number(PORT), host: HOST });
process.once('SIGTERM', () => process.exit(0));
