import type { CaseEndKind, DifferenceKind } from '@opentopup/contract';

/** What of a difference says how it may be ended. */
interface Ending {
  kind: DifferenceKind;
  transaction_id: string | null;
  ours: { state: string } | null;
  theirs: { state: string } | null;
}

/** Tells how a difference may be ended: by what would make both books the same, or as it is. */
export function endsOf({ kind, transaction_id, ours, theirs }: Ending): CaseEndKind[] {
  if (kind === 'sold_here_not_there') return ['reverse', 'accept'];
  // What names a sale by our reference was sold here, and is lost.
  if (kind === 'delivered_there_not_sold_here' && transaction_id !== null) return ['book', 'accept'];
  if (kind !== 'other_outcome') return ['accept'];
  if (ours?.state === 'undecided') return ['decide', 'accept'];
  if (ours?.state === 'delivered') return ['reverse', 'accept'];
  // What was reversed was delivered before: there is nothing to book.
  return ours?.state === 'refused' && theirs?.state === 'delivered' ? ['book', 'accept'] : ['accept'];
}
