import { type Refusal, refuse } from '@opentopup/contract';
import type { SupplierOfOffer } from '../../catalogue/offers/offers.query.ts';
import { accessTo, connectorOf } from '../../catalogue/suppliers/supplier-access.ts';
import { findSupplier } from '../../catalogue/suppliers/suppliers.query.ts';
import { plainText } from '../../connectors/call.ts';
import type { Callback, CallbackNews, Connector, SupplierAccess } from '../../connectors/connector.ts';
import { recordCalls } from '../../connectors/record-calls.ts';
import { timeCall } from '../../connectors/recorded-call.ts';
import type { Context } from '../../context.ts';
import { readAttemptReference } from '../../values/attempt.ts';
import { askNow } from './ask-now.ts';
import { findHeardAttempt } from './heard-attempts.query.ts';
import { resolveAttempt } from './resolve-attempt.ts';

/**
 * Gives what the connector is told of the supplier; null where there is none, or its secrets cannot be opened: nobody
 * can prove then to be it, and whoever tries does not learn why.
 */
function accessOf(ctx: Context, supplier: SupplierOfOffer | null): SupplierAccess | null {
  try {
    return supplier && accessTo(ctx, supplier);
  } catch {
    return null;
  }
}

/** How a callback is answered that was taken. */
const TAKEN = 200;
const WORLDS = ['live', 'sandbox'] as const;
const NO_PROOF = { outcome: 'unknown', cause: 'said without proof' } as const;
/** No supplier. */
const NOBODY = { id: '', connector: 'simulator', settings: {}, secrets: {} };

/**
 * Takes what a supplier tells on its own of an earlier recharge. Told twice, it counts once; what contradicts a settled
 * transaction changes nothing and raises an alert. What proves nothing has the supplier asked.
 * @returns why it was not taken; null when it was
 */
export async function takeCallback(ctx: Context, supplierId: string, callback: Callback): Promise<Refusal | null> {
  const supplier = await findSupplier(ctx.store.db, supplierId);
  const access = accessOf(ctx, supplier);
  const read = (connector: Connector | undefined, as: SupplierAccess): CallbackNews | null =>
    connector?.readCallback?.(callback, as) ?? null;
  if (!supplier || !access) {
    // As much work as for one that there is: the time does not tell either.
    for (const world of WORLDS) read(connectorOf(ctx, world, NOBODY), NOBODY);
    return refuse('invalid_credentials');
  }

  let authentic = false;
  for (const world of WORLDS) {
    const news = read(connectorOf(ctx, world, supplier), access);
    if (!news) continue;
    // Of what anybody could have sent, nobody learns whether it is known here.
    if (news.outcome !== null) authentic = true;
    const of = { world, supplier_id: supplierId };
    const named = readAttemptReference(news.reference);
    const attempt = named && (await findHeardAttempt(ctx.store.db, named, of));
    if (attempt) {
      const { record, end } = recordCalls(ctx, attempt, 'callback', access, false);
      const url = `/suppliers/${supplierId}/callbacks`;
      const note = timeCall(record, { method: 'POST', url, request: callback.body.toString('utf8') });
      if (news.outcome === null) await askNow(ctx, attempt);
      else await resolveAttempt(ctx, attempt, plainText(news.outcome));
      note({ status: TAKEN });
      end(news.outcome ?? NO_PROOF);
      return null;
    }
  }
  if (authentic) return refuse('not_found', { detail: 'there is no transaction of this reference' });
  return refuse('invalid_credentials');
}
