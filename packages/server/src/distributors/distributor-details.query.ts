import type { Page } from '@opentopup/contract';
import type { Query } from '../database/database.ts';

/** A distributor as the operator sees it. */
export interface DistributorDetail {
  id: string;
  name: string;
  world: 'live' | 'sandbox';
  status: 'active' | 'suspended';
  /** The live distributor whose sandbox this is. */
  sandbox_of: string | null;
  created_at: Date;
}

export const DISTRIBUTORS = 'SELECT id, name, world, status, sandbox_of, created_at FROM distributors';

/** One distributor; null when there is none. */
export async function findDistributorDetail(on: Query, id: string): Promise<DistributorDetail | null> {
  const [row] = await on.query<DistributorDetail>(`${DISTRIBUTORS} WHERE id = $1`, [id]);
  return row ?? null;
}

/** A page of all distributors, oldest first. */
export function listDistributors(on: Query, { offset, limit }: Page): Promise<DistributorDetail[]> {
  return on.query(`${DISTRIBUTORS} ORDER BY created_at, id LIMIT $1 OFFSET $2`, [limit, offset]);
}

/** Those of these ids that distributors have. */
export async function knownDistributors(on: Query, ids: readonly string[]): Promise<Set<string>> {
  const rows = await on.query<{ id: string }>('SELECT id FROM distributors WHERE id = ANY($1::uuid[])', [ids]);
  return new Set(rows.map(({ id }) => id));
}
