import { type TopupResult, type Transaction, TravelB2BError } from '@opentopup/client';
import type { Reason, SupplierReason } from '@opentopup/contract';
import type { Cost, Outcome } from '../connector.ts';
import type { EsimProfile } from '../esim-profile.ts';

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

/** Refusals that tell that the catalogue there has changed. Their words may tell prices, which are not for distributors. */
const STALE: Partial<Record<Reason, string>> = {
  price_changed: 'its price there has changed',
  product_unavailable: 'it is not sold there any more',
  invalid_offer_id: 'it is not sold there any more',
};

/** Runs of digits may be somebody's number. */
const LONG_NUMBER = /\d{6,}/g;

/** Tells what a sale there has cost us, as far as the answer says. */
function costOf({ resell_value, reference_currency }: Transaction): { cost?: Cost } {
  const isTold = typeof resell_value === 'number' && typeof reference_currency === 'string';
  return isTold ? { cost: { amount: resell_value, currency: reference_currency } } : {};
}

/** Tells what an order there came to. */
export async function outcomeOfOrder(
  result: TopupResult,
  open: (transaction: Transaction) => Promise<EsimProfile | null>,
): Promise<Outcome> {
  switch (result.status) {
    case 'ok': {
      const { id } = result.transaction;
      const esim = await open(result.transaction);
      const { receipt } = result.transaction;
      return {
        outcome: 'ok',
        supplier_reference: id,
        ...(esim && { esim }),
        ...(receipt && { receipt }),
        ...costOf(result.transaction),
      };
    }
    case 'pending':
      return { outcome: 'unknown', cause: 'the supplier does not know yet itself' };
    case 'refused': {
      const stale = STALE[result.reason];
      if (stale !== undefined) {
        return { outcome: 'ko', reason: 'supplier_refused', message: stale, is_catalogue_stale: true };
      }
      const reason = MEANS[result.reason] ?? 'supplier_refused';
      const message = result.description ?? result.reason.replaceAll('_', ' ');
      return { outcome: 'ko', reason, message: message.replaceAll(LONG_NUMBER, '…') };
    }
  }
}

/** Tells what an order without an answer came to, as far as is proven. */
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
