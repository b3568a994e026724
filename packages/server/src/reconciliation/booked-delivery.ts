import { type Refusal, refuse } from '@opentopup/contract';
import type { CaseRow } from './cases.query.ts';
import type { KnownSale } from './lost-sales.query.ts';

/**
 * Tells of a sale that is not to be booked any more whether just this delivery has booked it: then all is done. A supplier may
 * have delivered one order several times; only one of these is the sale.
 */
export function bookedBy(
  { status, reason, attempt, supplier_reference, is_late }: KnownSale,
  delivery: Pick<CaseRow, 'attempt' | 'theirs'>,
): 'done' | Refusal {
  if (reason === 'reversed') return refuse('already_reversed');
  if (status !== 'ok' && !is_late) return refuse('already_final', { detail: status ?? 'pending' });
  const theirs = delivery.theirs?.supplier_reference ?? null;
  const isSame = supplier_reference === null || theirs === null || supplier_reference === theirs;
  if (isSame && attempt === (delivery.attempt ?? 1)) return 'done';
  return refuse('end_not_possible', {
    detail: 'the sale was delivered by another order of the supplier; compare again',
  });
}
