import type { Reason } from '../reasons.ts';

/** The outcomes that staff is told of: why something was refused, or how a sale ended. */
export type StaffOutcome = Reason | 'ok' | 'pending' | 'parked';

/**
 * What somebody is told who works with the platform, in one language: who sells, looks after a shop or its stock, or runs
 * it all. What happened, and what to do now.
 */
export type StaffSentences = Readonly<Record<StaffOutcome, string>>;
