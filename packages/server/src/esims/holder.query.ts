import type { EsimHolder } from '@opentopup/contract';
import type { Query } from '../database/database.ts';
import type { TransactionKey } from '../values/transaction-key.ts';

/** Tells who reads what installs the eSIMs of a distributor that are delivered from now on. */
export async function findEsimHolder(on: Query, distributorId: string): Promise<EsimHolder> {
  const [row] = await on.query<EsimHolder>('SELECT esim_holder AS holder FROM distributors WHERE id = $1', [
    distributorId,
  ]);
  if (!row) throw new Error('a distributor that calls does not exist');
  return row;
}

/** Finds an eSIM that was sold and is not annulled, and who reads it; null where there is none. */
export async function findSoldEsim(
  on: Query,
  { distributor_id, transaction_id }: TransactionKey,
): Promise<(EsimHolder & { sealed: string | null }) | null> {
  const [row] = await on.query<EsimHolder & { sealed: string | null }>(
    `SELECT coalesce(e.holder, 'distributor') AS holder, e.sealed FROM esims e
     JOIN outcomes r ON r.distributor_id = e.distributor_id AND r.transaction_id = e.transaction_id AND r.status = 'ok'
     WHERE e.distributor_id = $1 AND e.transaction_id = $2`,
    [distributor_id, transaction_id],
  );
  return row ?? null;
}
