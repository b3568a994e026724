import { doubtCatalogue } from '../../catalogue/suppliers/read-catalogue.ts';
import { connectorOf, openAccess } from '../../catalogue/suppliers/supplier-access.ts';
import { askSupplier } from '../../connectors/call.ts';
import type { Connector, Found, Outcome } from '../../connectors/connector.ts';
import { recordCalls } from '../../connectors/record-calls.ts';
import type { Context } from '../../context.ts';
import { findKeptEsim } from '../../esims/esims.store.ts';
import { attemptReference } from '../../values/attempt.ts';
import { isSecret } from '../../values/deliverable.ts';
import { lineOf } from '../../values/line.ts';
import { alertOfOddAnswer } from '../alert-odd-answer.ts';
import { withdrawSending } from '../sendings.store.ts';
import { nextLook } from './reconcile.rules.ts';
import { type AskedSale, type OpenCase, postponeCase } from './reconcile.store.ts';
import { resolveAttempt } from './resolve-attempt.ts';

/**
 * Looks for proof of what became of one pending transaction: was its eSIM kept, was it never sent, or what does its
 * supplier say? With proof it is settled; without, it is looked at again later, or left to a person. Nothing is ever sent
 * again.
 */
export async function reconcileTopup(ctx: Context, openCase: OpenCase): Promise<void> {
  const key = { distributor_id: openCase.distributor_id, transaction_id: openCase.transaction_id };
  const outcome = await findProof(ctx, openCase);
  if (outcome.outcome !== 'unknown') {
    const resolved = await resolveAttempt(ctx, openCase, outcome);
    const offer = await ctx.store.catalogue.offer(openCase.distributor_id, openCase.offer_id);
    if (offer && openCase.product_id === offer.product.id) await doubtCatalogue(ctx, key, offer, outcome);
    if (resolved && resolved.status !== 'pending') return;
  }
  const canBeAsked = connectorOf(ctx, openCase.world, openCase.supplier)?.lookup !== undefined;
  const next_at = canBeAsked ? nextLook(openCase.begun_at, openCase.looks, ctx.now()) : null;
  if (next_at === null) ctx.alert('a pending transaction needs a person to decide', key);
  await postponeCase(ctx.store.db, key, next_at);
}

async function findProof(ctx: Context, openCase: OpenCase): Promise<Outcome> {
  const esim = openCase.delivers === 'esim' ? await findKeptEsim(ctx.store.db, openCase) : null;
  if (esim) {
    const { supplier_reference, cost, cost_currency } = esim;
    return {
      outcome: 'ok',
      ...(supplier_reference !== null && { supplier_reference }),
      ...(cost !== null && cost_currency !== null && { cost: { amount: cost, currency: cost_currency } }),
    };
  }

  const connector = connectorOf(ctx, openCase.world, openCase.supplier);
  if (!connector) return { outcome: 'unknown', cause: 'the supplier has no connector any more' };
  if (connector.conclusiveAfter_s === undefined && (await withdrawSending(ctx.store.db, openCase))) {
    return { outcome: 'ko', reason: 'supplier_unavailable', message: 'never sent: the server ended before the call' };
  }
  const found = await askWhatBecame(ctx, openCase, connector);
  return found.outcome === 'not_found' ? absent(ctx, openCase, connector) : found;
}

/**
 * Tells what it proves that a supplier does not know an order: something only where it is old enough to have come, and is
 * asked for as it was sent. Of another account, no supplier knows our orders.
 */
function absent(ctx: Context, { begun_at, supplier }: OpenCase, { conclusiveAfter_s }: Connector): Outcome {
  if (supplier.access_since !== null && new Date(supplier.access_since) > begun_at) {
    return { outcome: 'unknown', cause: 'the supplier does not know it, and was set up otherwise when it was sent' };
  }
  const access = openAccess(ctx, supplier);
  const age_s = (ctx.now().getTime() - begun_at.getTime()) / 1_000;
  return access && age_s >= (conclusiveAfter_s?.(access) ?? Number.POSITIVE_INFINITY)
    ? { outcome: 'ko', reason: 'supplier_unavailable', message: 'the supplier knows of no such recharge' }
    : { outcome: 'unknown', cause: 'the supplier does not know it yet' };
}

/** Asks the supplier of a transaction what became of it. */
export async function askWhatBecame(ctx: Context, sale: AskedSale, connector: Connector): Promise<Found> {
  const { lookup } = connector;
  if (!lookup) return { outcome: 'unknown', cause: 'the supplier cannot be asked' };
  const supplier = openAccess(ctx, sale.supplier, { transaction_id: sale.transaction_id });
  if (!supplier) return { outcome: 'unknown', cause: 'the secrets of the supplier do not open' };
  const { record, end } = recordCalls(ctx, sale, 'lookup', supplier, isSecret(sale.delivers));
  const { id, line_kind, line_country, supplier_reference, settings } = sale.product;
  const recharge = {
    reference: attemptReference(sale),
    line: lineOf({ line: sale.line, kind: line_kind, country: line_country ?? sale.supplier.country }),
    product: { id, supplier_reference, settings },
    supplier,
    record,
  };
  const answer = await askSupplier((signal) => lookup(recharge, signal), ctx.supplier_deadline_ms, ctx.stopping);
  end(answer);
  alertOfOddAnswer(ctx, sale, supplier.id, answer);
  return answer;
}
