import type { DistributorBalance, Refusal } from '@opentopup/contract';
import type { GlobalQuestion } from '../connectors/connector.ts';
import type { Context } from '../context.ts';
import { findAskable, questionSupplier } from './question-supplier.ts';

/** Tells what all SIMs of a distributor consumed at a supplier, by zone. */
export async function readGlobalBalances(
  ctx: Context,
  supplier_id: string,
  asked: Omit<GlobalQuestion, 'supplier'>,
): Promise<DistributorBalance | Refusal> {
  const supplier = await findAskable(ctx, asked.distributor_id, supplier_id);
  if ('reason' in supplier) return supplier;
  const { globalBalances } = supplier.connector;
  const question = { ...asked, supplier: supplier.access };
  return questionSupplier(ctx, supplier_id, globalBalances && ((signal) => globalBalances(question, signal)));
}
