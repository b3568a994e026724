import { type TopupResult, type Transaction, TravelB2BError } from '@opentopup/client';
import type { Reason, SupplierReason } from '@opentopup/contract';
import type { EsimProfile, Outcome } from '../supplier.ts';

/** What a refusal there means here. What is not listed is the other server's business: `supplier_refused`. */
const MEANS: Partial<Record<Reason, SupplierReason>> = {
  line_unknown: 'line_unknown',
  bad_parameter: 'line_unknown',
  line_barred: 'line_barred',
  recently_recharged: 'recently_recharged',
  limit_exceeded: 'limit_exceeded',
  line_limit_reached: 'limit_exceeded',
  user_limit_reached: 'limit_exceeded',
  bucket_empty: 'supplier_out_of_stock',
  supplier_out_of_stock: 'supplier_out_of_stock',
  supplier_unavailable: 'supplier_unavailable',
  supplier_not_managed: 'supplier_unavailable',
  not_delivered: 'supplier_unavailable',
};

/** Runs of digits may be somebody's number. */
const LONG_NUMBER = /\d{6,}/g;

/** What an order there came to. */
export async function outcomeOf(
  result: TopupResult,
  open: (transaction: Transaction) => Promise<EsimProfile | null>,
): Promise<Outcome> {
  switch (result.status) {
    case 'ok': {
      const esim = await open(result.transaction);
      return { outcome: 'ok', supplier_reference: result.transaction.id, ...(esim && { esim }) };
    }
    case 'pending':
      return { outcome: 'unknown', cause: 'the supplier does not know yet itself' };
    case 'refused': {
      const reason = MEANS[result.reason] ?? 'supplier_refused';
      const message = result.description ?? result.reason.replaceAll('_', ' ');
      return { outcome: 'ko', reason, message: message.replaceAll(LONG_NUMBER, '…') };
    }
  }
}

/** What an order without an answer came to, as far as is proven. */
export function outcomeOfError(error: unknown): Outcome {
  if (!(error instanceof TravelB2BError)) throw error;
  switch (error.sale) {
    case 'cannot_have_happened':
      return { outcome: 'ko', reason: 'supplier_unavailable', message: `never sent: ${error.message}` };
    case 'did_happen':
      return { outcome: 'ok' };
    default:
      return { outcome: 'unknown', cause: error.message };
  }
}
