import { isUuid, type Refusal, refuse } from '@opentopup/contract';
import { findSupplier } from '../store/queries/suppliers.ts';
import { findTransactionKey } from '../store/queries/transactions.ts';
import { timeCall } from '../suppliers/recorded-call.ts';
import type { Callback, CallbackNews, Connector } from '../suppliers/supplier.ts';
import type { Flow } from './flow.ts';
import { recordCalls } from './record-calls.ts';
import { resolveTopup } from './resolve-topup.ts';
import { accessTo, connectorOf } from './supplier-access.ts';

/** How a callback is answered that was taken. */
const TAKEN = 200;

/**
 * Takes what a supplier tells on its own of an earlier recharge. Told twice, it counts once; what contradicts a settled
 * transaction changes nothing and raises an alert.
 * @returns why it was not taken; null when it was
 */
export async function takeCallback(flow: Flow, supplierId: string, callback: Callback): Promise<Refusal | null> {
  const supplier = await findSupplier(flow.store.db, supplierId);
  if (!supplier) return refuse('not_found', { detail: `supplier ${supplierId} not found` });
  const access = accessTo(flow, supplier);
  const read = (connector: Connector | undefined): CallbackNews | null =>
    connector?.readCallback?.(callback, access) ?? null;

  let authentic = false;
  for (const world of ['live', 'sandbox'] as const) {
    const news = read(connectorOf(flow, world, supplier));
    if (!news) continue;
    authentic = true;
    const of = { world, supplier_id: supplierId };
    const key = isUuid(news.reference) ? await findTransactionKey(flow.store.db, news.reference, of) : null;
    if (key) {
      const { record, end } = recordCalls(flow, key, 'callback', access.secrets, false);
      const url = `/suppliers/${supplierId}/callbacks`;
      const note = timeCall(record, { method: 'POST', url, request: callback.body.toString('utf8') });
      await resolveTopup(flow, key, news.outcome);
      note({ status: TAKEN });
      end(news.outcome);
      return null;
    }
  }
  if (authentic) return refuse('not_found', { detail: 'there is no transaction of this reference' });
  return refuse('invalid_credentials');
}
