import type { NumberLookup } from '@opentopup/contract';
import type { SupplierOfOffer } from '../catalogue/offers/offers.query.ts';
import { connectorOf, openAccess } from '../catalogue/suppliers/supplier-access.ts';
import { askSupplier } from '../connectors/call.ts';
import type { NumberQuestion } from '../connectors/connector.ts';
import type { Context } from '../context.ts';
import { addLookupCost, countLookup, findLookup, type KeptLookup, keepLookup } from './lookups.store.ts';

/** How long what a supplier has said is remembered: people take their numbers along to other networks. */
const FRESH_FOR_MS = 24 * 3_600_000;
/** So many numbers a distributor may have asked for in a day. */
const MOST_A_DAY = 1_000;

/** For whom a number is asked. */
export interface Asker {
  distributor_id: string;
  world: 'live' | 'sandbox';
}

/** Asks a supplier whose network a number is in, unless that is remembered or too much was asked for; or says why not. */
export async function askNetworks(
  ctx: Context,
  { distributor_id, world }: Asker,
  supplier: SupplierOfOffer,
  question: Omit<NumberQuestion, 'supplier'>,
  deadline_ms = ctx.supplier_deadline_ms,
): Promise<KeptLookup | NonNullable<NumberLookup['not_known']>> {
  const { db } = ctx.store;
  const at = ctx.now();
  const since = new Date(at.getTime() - FRESH_FOR_MS);
  const lookup = connectorOf(ctx, world, supplier)?.lookupNumber;
  if (!lookup) return 'not_supported';
  // Without a key nothing is remembered: whoever has the database could find the numbers out.
  const key = ctx.seal && { supplier_id: supplier.id, world, number_digest: ctx.seal.digest(question.line.e164) };
  const known = key && (await findLookup(db, key, since));
  if (known) return known;
  if (!(await countLookup(db, distributor_id, at, MOST_A_DAY))) return 'limit_reached';
  const access = openAccess(ctx, supplier);
  if (!access) return 'supplier_silent';
  const ask = (signal: AbortSignal) => lookup({ ...question, supplier: access }, signal);
  const answer = await askSupplier(ask, deadline_ms, ctx.stopping);
  if (answer.outcome === 'unknown') return 'supplier_silent';
  if (answer.outcome === 'not_supported') return 'not_supported';
  const { networks, cost } = answer.outcome === 'answered' ? answer.answer : { networks: [], cost: undefined };
  if (cost) await addLookupCost(db, distributor_id, at, cost);
  if (key) await keepLookup(db, key, { networks, at }, since);
  return { networks, at };
}
