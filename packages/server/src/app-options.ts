import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Tokens } from './access/tokens.ts';
import type { Context } from './context.ts';
import type { Reading } from './database/replica.ts';

export interface AppOptions {
  ctx: Context;
  /** For reads that are a query and no more. */
  db: Reading;
  /** The same, for what may be a second old: at a replica, where one is set. */
  reports: Reading;
  /** Asks the database for a sign of life, and for room on its disk; throws where there is none. */
  ping: () => Promise<void>;
  /** Aborts when the server is told to end: what comes then is served still. */
  leaving: AbortSignal;
  tokens: Tokens;
  /** True for a client whose tokens do not count any more. */
  isClosed: (client_id: string) => boolean;
  adminToken: string;
  /** Where people reach the console, where that is configured. */
  publicUrl: string | undefined;
  /** The proxies that may say who calls. */
  trustedProxy: string | undefined;
  /** Opens `/metrics` and nothing else; null: only the operator's does. */
  metricsToken: string | null;
  /** What is measured, as text. */
  readMetrics: () => Promise<string>;
  /** Those who look on from outside; each adds its hooks. */
  watchers: readonly ((app: FastifyInstance) => void)[];
  /** Told of each request that was answered. */
  noteRequest: (request: FastifyRequest, reply: FastifyReply) => void;
  /** How long an Idempotency-Key counts, in seconds. */
  idempotencyKeyLife_s: number;
  version: string;
  /** Where the built console lies; null where none is served. */
  consoleFolder: string | null;
}
