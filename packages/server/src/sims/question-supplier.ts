import { type Refusal, refuse } from '@opentopup/contract';
import type { CheckDigitRule } from '@opentopup/contract/lines/read-serial';
import { accessTo, connectorOf } from '../catalogue/suppliers/supplier-access.ts';
import { findSupplierOfOffers } from '../catalogue/suppliers/suppliers.query.ts';
import { askSupplier } from '../connectors/call.ts';
import type { Connector, SupplierAccess, SupplierAnswer } from '../connectors/connector.ts';
import type { Context } from '../context.ts';
import { findDistributor } from '../distributors/distributors.query.ts';

/** A supplier that may be asked for a distributor. */
export interface Askable {
  connector: Connector;
  access: SupplierAccess;
  country: string;
  sim_check_digit: CheckDigitRule;
}

/** Finds the supplier, where the distributor has an offer of it and somebody speaks to it. */
export async function findAskable(
  ctx: Context,
  distributor_id: string,
  supplier_id: string,
): Promise<Askable | Refusal> {
  const { db } = ctx.store;
  const distributor = await findDistributor(db, distributor_id);
  if (!distributor) throw new Error('a token names a distributor that does not exist');
  const supplier = await findSupplierOfOffers(db, distributor_id, supplier_id);
  if (!supplier) return refuse('not_found', { detail: `supplier ${supplier_id} not found` });
  const connector = supplier.status === 'approved' && connectorOf(ctx, distributor.world, supplier);
  if (!connector) return refuse('not_supported', { supplier_id, detail: 'it has no connector' });
  const { country, sim_check_digit } = supplier;
  return { connector, access: accessTo(ctx, supplier), country, sim_check_digit };
}

/**
 * Puts a question to a supplier. Nothing is held or changed by it.
 * @param ask undefined where its connector cannot
 * @returns its answer, or why there is none
 */
export async function questionSupplier<T extends object>(
  ctx: Context,
  supplier_id: string,
  ask: ((signal: AbortSignal) => Promise<SupplierAnswer<T>>) | undefined,
): Promise<T | Refusal> {
  if (!ask) return refuse('not_supported', { supplier_id });
  const answer = await askSupplier(ask, ctx.supplier_deadline_ms, ctx.stopping);
  switch (answer.outcome) {
    case 'answered':
      return answer.answer;
    case 'sim_unknown':
      return refuse('sim_unknown');
    case 'not_supported':
      return refuse('not_supported', { supplier_id, detail: answer.detail });
    case 'unknown':
      return refuse('supplier_silent', { supplier_id });
  }
}
