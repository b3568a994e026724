import type { Reason } from '../reasons.ts';

/** What a sale that was not refused came to: of a recharge, or of an eSIM. */
type SaleEnd = 'ok' | 'pending' | 'esim_ok' | 'esim_pending';

/** Whatever an end customer may have to be told. */
export type Outcome = Reason | SaleEnd;

/** What to tell the end customer for each outcome: plain words, nothing internal, safe to show as it is. */
export type Sentences = Readonly<Record<Outcome, string>>;
