import type { EsimHolder } from '@opentopup/contract';
import type { Query } from '../database/database.ts';

/** Writes who reads what installs the eSIMs of a distributor. */
export async function saveEsimHolder(tx: Query, distributorId: string, { holder }: EsimHolder): Promise<void> {
  await tx.query('UPDATE distributors SET esim_holder = $2 WHERE id = $1', [distributorId, holder]);
}
