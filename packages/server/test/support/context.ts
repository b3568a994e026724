import { createCallQueue } from '../../src/connectors/call-queue.ts';
import { createIsolation } from '../../src/connectors/isolation.ts';
import { createConnectors } from '../../src/connectors/registry.ts';
import { type Context, emptyMemory } from '../../src/context.ts';
import type { Db } from '../../src/database/database.ts';
import { createAddressRules } from '../../src/http/allowed-addresses.ts';
import { NO_NOTIFIERS } from '../../src/notifiers/notifier.ts';
import { createStore } from '../../src/sales/store.ts';

/** The connectors that there are; the simulator answers at once. */
export const SIMULATED = createConnectors({
  simulator: { latency_ms: 0, callbackUrl: () => null, callbackSecret: '' },
});

/** Gives what a server works with, on a database, where a test takes the place of the server. */
export const contextOn = (db: Db, more: Partial<Context> = {}): Context => ({
  store: createStore(db),
  connectors: SIMULATED,
  notifiers: NO_NOTIFIERS,
  publicUrl: null,
  consoleUrl: () => '',
  addressRules: createAddressRules([]),
  callLog: createCallQueue(),
  ...emptyMemory(),
  isolation: createIsolation({ down: () => {}, up: () => {} }),
  seal: null,
  onCall: () => {},
  reversals: { secondPersonAbove: null, onSupplierProof: 'propose' },
  businessTimeZone: 'UTC',
  supplier_deadline_ms: 10_000,
  stopping: new AbortController().signal,
  now: () => new Date(),
  alert: () => {},
  background: () => {},
  ...more,
});
