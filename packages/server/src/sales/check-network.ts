import { type Refusal, refuse } from '@opentopup/contract';
import { connectorOf } from '../catalogue/suppliers/supplier-access.ts';
import type { Context } from '../context.ts';
import { askNetworks } from '../lookups/ask-networks.ts';
import { lineDelivered } from '../values/deliverable.ts';
import type { CheckedOrder } from './check-order.ts';

/** A sale waits no longer for it. */
const ASK_WITHIN_MS = 3_000;

/**
 * Refuses an order whose number is certain to be in another network than its offer is for, by asking one supplier once.
 * Where none can tell for certain, nothing is refused: a guess by the number's first digits is wrong for whoever has
 * taken it along.
 */
export async function checkNetwork(
  ctx: Context,
  distributor_id: string,
  { world, offer, deliverable }: CheckedOrder,
): Promise<Refusal | null> {
  const line = lineDelivered(deliverable);
  if (line?.kind !== 'msisdn') return null;
  // The ids of networks are the supplier's own: it can be asked about its own product only.
  const asked = [offer, ...(offer.route?.candidates ?? [])].find(
    ({ product, supplier }) =>
      product.network_id !== null &&
      supplier.status === 'approved' &&
      connectorOf(ctx, world, supplier)?.lookupNumber !== undefined &&
      ctx.isolation.obstacle(supplier.id, supplier.max_concurrent) === null,
  );
  if (!asked) return null;
  // A look-up may cost something, and stock is told before anything that is wrong with an order: the hold will.
  const stock = await ctx.store.available({ distributor_id, offer_id: offer.id });
  if (stock?.available === 0) return null;
  const { product, supplier } = asked;
  const question = { line, country: product.line_country ?? supplier.country };
  const within_ms = Math.min(ASK_WITHIN_MS, ctx.supplier_deadline_ms);
  const found = await askNetworks(ctx, { distributor_id, world }, supplier, question, within_ms);
  const sure = typeof found === 'string' ? [] : found.networks.filter(({ identified }) => identified);
  if (sure.length === 0 || sure.some(({ id }) => id === product.network_id)) return null;
  return refuse('wrong_network', { offer_id: offer.id, detail: sure.map(({ name }) => name).join(', ') });
}
