import type { CostDifference } from '@opentopup/contract';
import type { CallQueue } from './connectors/call-queue.ts';
import type { Isolation } from './connectors/isolation.ts';
import type { Connectors } from './connectors/registry.ts';
import type { AddressRules } from './http/allowed-addresses.ts';
import type { Notifiers } from './notifiers/notifier.ts';
import type { Store } from './sales/store.ts';
import type { Seal } from './secrets/seal.ts';
import type { ReversalRules } from './values/reversal-rules.ts';

/** A recharge that was sent to a supplier. */
export interface SupplierCall {
  distributor_id: string;
  supplier_id: string;
  /** How long the answer took, in milliseconds; null where there was none, or the supplier was out of order. */
  took_ms: number | null;
}

/**
 * Suppliers whose catalogue is to be read again because of a sale, each with the first sale that has cost something else;
 * null where none has. Only what hurries: what a killed process takes with it, the next reading finds.
 */
export type CatalogueDoubts = Map<string, CostDifference | null>;

/** When a supplier was asked about what had ended, and whether it is to be once more, because somebody has said so since. */
interface AskedAgain {
  at_ms: number;
  isDue: boolean;
}

/** What every module works with; made once, in main. */
export interface Context {
  store: Store;
  connectors: Connectors;
  /** Keeps one supplier's trouble from the others. */
  isolation: Isolation;
  /** What is said to suppliers, on its way to the database. */
  callLog: CallQueue;
  /** Whose catalogue is to be read again soon. */
  doubts: CatalogueDoubts;
  /** Transactions that had ended when a supplier was asked about them once more, and when, in milliseconds. */
  askedAgain: Map<string, AskedAgain>;
  /** Products of which their suppliers have none left, and until when they are not tried again, in milliseconds. */
  soldOut: Map<string, number>;
  /** Clients of sandboxes that meet chaos, and the distributor of each. */
  chaos: Map<string, string>;
  /** Until when nobody is told again that a supplier answers what its description does not say, in milliseconds. */
  oddAnswers: Map<string, number>;
  /** Null where no key is configured: then nothing can be kept that would have to be sealed. */
  seal: Seal | null;
  /** Where the operator says that people reach the console, without a slash at the end; null where nothing is said. */
  publicUrl: string | null;
  /** The same; where nothing is said, where the server listens: this machine itself, as a rule. */
  consoleUrl: () => string;
  /** Which addresses may be called because a distributor says so. */
  addressRules: AddressRules;
  /** How people are written to. */
  notifiers: Notifiers;
  /** How sales are reversed, as the operator has set. */
  reversals: ReversalRules;
  /** In which days and months begin and end, where nobody has said another. */
  businessTimeZone: string;
  /** How long a supplier may take to answer, in milliseconds. */
  supplier_deadline_ms: number;
  /** Aborts when the process must end: calls still open then count as unknown. */
  stopping: AbortSignal;
  /** The clock. */
  now: () => Date;
  /** Says that something happened which a person must look at. Fields are ids and words, never numbers of customers. */
  alert: (message: string, fields: Record<string, string>) => void;
  /** Told of each call of a supplier for a recharge. */
  onCall: (call: SupplierCall) => void;
  /** Work that goes on after the answer; the shutdown waits for it. */
  background: (work: Promise<void>) => void;
}

/** Gives what a process has noticed of suppliers so far, and forgets with its end: nothing. */
export const emptyMemory = (): Pick<Context, 'doubts' | 'askedAgain' | 'soldOut' | 'oddAnswers' | 'chaos'> => ({
  doubts: new Map(),
  askedAgain: new Map(),
  soldOut: new Map(),
  oddAnswers: new Map(),
  chaos: new Map(),
});
