import { type Refusal, refuse } from '@opentopup/contract';
import { askSupplier } from '../../connectors/call.ts';
import type { SupplierBalance } from '../../connectors/connector.ts';
import type { Context } from '../../context.ts';
import type { Query } from '../../database/database.ts';
import { writeOperatorEvents } from '../../outbox/outbox.store.ts';
import { openAccess } from './supplier-access.ts';
import { type CrossedBalance, keepBalance, noteLevel, noteUnreadBalance } from './supplier-balance.store.ts';
import { findSupplier, findSupplierDetail, type SupplierDetail } from './suppliers.query.ts';

/** Reads the money that lies at a supplier, and tells the operator where it has crossed its threshold. */
export async function readBalance(ctx: Context, supplierId: string): Promise<SupplierDetail | Refusal> {
  const { db } = ctx.store;
  const supplier = await findSupplier(db, supplierId);
  if (!supplier) return refuse('not_found', { detail: `supplier ${supplierId} not found` });
  const { balance: ask } = ctx.connectors.get(supplier.connector) ?? {};
  if (!ask) return refuse('not_supported', { supplier_id: supplierId });
  const access = openAccess(ctx, supplier);
  const told = access
    ? await askSupplier((signal) => ask(access, signal), ctx.supplier_deadline_ms, ctx.stopping)
    : { outcome: 'unknown' as const, cause: 'its secrets do not open' };
  if (!told) return refuse('not_supported', { supplier_id: supplierId });
  const cause = 'outcome' in told ? told.cause : faultOf(told);
  if (cause !== null || 'outcome' in told) {
    if (await noteUnreadBalance(db, supplierId, cause ?? '', ctx.now())) {
      ctx.alert('the balance of a supplier cannot be read', { supplier_id: supplierId, cause: cause ?? '' });
    }
    return refuse('supplier_silent', { supplier_id: supplierId });
  }
  const crossed = await db.transaction(async (tx) => {
    await keepBalance(tx, supplierId, told, ctx.now());
    return judgeBalance(tx, supplierId, ctx.now());
  });
  alertOfBalance(ctx, supplierId, crossed);
  return (await findSupplierDetail(db, supplierId)) as SupplierDetail;
}

/** Says what keeps an answer from being kept; null where nothing does. */
const faultOf = ({ available, held = 0, credit_limit = 0, currency }: SupplierBalance): string | null =>
  [available, held, credit_limit].every((amount) => Number.isFinite(amount)) && /^[A-Z]{3}$/.test(currency)
    ? null
    : 'its balance makes no sense';

/** Notes whether the balance of a supplier has crossed its threshold, in one step with the event that tells of it. */
export async function judgeBalance(tx: Query, supplier_id: string, at: Date): Promise<CrossedBalance | null> {
  const crossed = await noteLevel(tx, supplier_id, at);
  if (!crossed) return null;
  const { is_low, available, currency, balance_threshold } = crossed;
  const data = { supplier_id, available, currency, ...(balance_threshold !== null && { balance_threshold }) };
  const kind = is_low ? 'supplier.balance_low' : 'supplier.balance_recovered';
  await writeOperatorEvents(tx, [{ kind, subject_id: supplier_id, at, data }]);
  return crossed;
}

/** Alerts of a balance that is too low now. */
export function alertOfBalance(ctx: Context, supplier_id: string, crossed: CrossedBalance | null): void {
  if (!crossed?.is_low) return;
  const { available, currency, balance_threshold } = crossed;
  ctx.alert('the money at a supplier is below its threshold', {
    supplier_id,
    available: `${available} ${currency}`,
    balance_threshold: `${balance_threshold} ${currency}`,
  });
}
