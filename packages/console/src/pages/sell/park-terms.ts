import type { TransactionCreation } from '@opentopup/contract';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** How long an order may wait. The longest stays below what the server allows, however its clock differs from this one. */
const SPANS_MS = { hour: HOUR_MS, day: DAY_MS, days: 3 * DAY_MS, week: 7 * DAY_MS - HOUR_MS };
export type ParkSpan = keyof typeof SPANS_MS;
export const PARK_SPANS = Object.keys(SPANS_MS) as ParkSpan[];

/** How an order is to wait, as it is filled in. */
export interface ParkWish {
  span: ParkSpan;
  email: string;
}

/** Tells what an order says that waits from now on. */
export const parkTerms = ({ span, email }: ParkWish): Partial<TransactionCreation> => ({
  on_empty: 'park',
  park_until: new Date(Date.now() + SPANS_MS[span]).toISOString(),
  ...(email.trim() && { notify: { email: email.trim() } }),
});
