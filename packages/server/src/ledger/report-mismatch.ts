import type { LedgerReport } from '@opentopup/contract';
import type { Context } from '../context.ts';
import { writeEvents } from '../outbox/outbox.store.ts';

/** Tells the operator, and the distributors concerned, that the ledger does not prove. */
export async function reportMismatch(ctx: Context, { faults }: LedgerReport): Promise<void> {
  const at = ctx.now();
  for (const { distributor_id, offer_id, kind, seq, detail } of faults) {
    ctx.alert('the ledger does not prove', { distributor_id, offer_id, kind, seq: String(seq ?? ''), detail });
  }
  const offers = new Map(faults.map(({ distributor_id, offer_id }) => [offer_id, distributor_id]));
  await writeEvents(
    ctx.store.db,
    [...offers].map(([offer_id, distributor_id]) => ({
      distributor_id,
      kind: 'ledger.mismatch',
      subject_id: offer_id,
      at,
      data: { offer_id, faults: faults.filter((fault) => fault.offer_id === offer_id) },
    })),
  );
}
