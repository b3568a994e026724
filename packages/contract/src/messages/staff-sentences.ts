import type { Reason } from '../reasons.ts';

/** What there is to tell those who work with the platform: why something was refused, or what a sale came to. */
export type StaffOutcome = Reason | 'ok' | 'pending';

/**
 * What somebody is told who works with the platform, in one language: who sells, looks after a shop or its stock, or runs
 * it all. What happened, and what to do now.
 */
export type StaffSentences = Readonly<Record<StaffOutcome, string>>;
