import { type DistributorSettings, SETTING_NAMES } from '@opentopup/contract';
import type { Query } from '../database/database.ts';
import { DISTRIBUTORS, type DistributorDetail } from './distributors.query.ts';

export interface NewDistributor {
  id: string;
  name: string;
  world: 'live' | 'sandbox';
  /** The live distributor whose sandbox it is. */
  sandbox_of?: string | null;
}

/** Adds a distributor; false where its id is taken. */
export async function addDistributor(on: Query, d: NewDistributor): Promise<boolean> {
  const added = await on.query(
    `INSERT INTO distributors (id, name, world, sandbox_of) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING RETURNING id`,
    [d.id, d.name, d.world, d.sandbox_of ?? null],
  );
  return added.length > 0;
}

/**
 * Locks a distributor, and so what it has set, until the transaction ends, and returns it as it stands; null when there is
 * none.
 */
export async function lockDistributor(tx: Query, id: string): Promise<DistributorDetail | null> {
  const [row] = await tx.query<DistributorDetail>(`${DISTRIBUTORS} WHERE id = $1 FOR NO KEY UPDATE`, [id]);
  return row ?? null;
}

/** Writes what may change of a distributor. */
export async function updateDistributor(tx: Query, d: DistributorDetail): Promise<void> {
  await tx.query('UPDATE distributors SET name = $2, status = $3 WHERE id = $1', [d.id, d.name, d.status]);
}

/** Writes what a distributor has chosen for its sales. */
export async function saveSettings(tx: Query, distributorId: string, settings: DistributorSettings): Promise<void> {
  const values = SETTING_NAMES.map((name, i) => `${name} = $${i + 2}`);
  await tx.query(`UPDATE distributors SET ${values.join(', ')} WHERE id = $1`, [
    distributorId,
    ...SETTING_NAMES.map((name) => settings[name]),
  ]);
}
