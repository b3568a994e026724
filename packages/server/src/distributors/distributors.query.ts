import {
  type DistributorSettings,
  type EsimHolder,
  type OwnMessages,
  type Page,
  SETTING_NAMES,
} from '@opentopup/contract';
import type { Query } from '../database/database.ts';

/** Returns false for a database in which nothing was set up yet. */
export async function hasDistributors(on: Query): Promise<boolean> {
  const rows = await on.query('SELECT FROM distributors LIMIT 1');
  return rows.length > 0;
}

/** What counts for every sale of a distributor. */
export interface DistributorRow extends DistributorSettings {
  id: string;
  world: 'live' | 'sandbox';
  /** True after a restore, until the books are complete again: it sells nothing. */
  is_closed: boolean;
  /** True once it has set the key under which activation codes are encrypted for it. */
  has_public_key: boolean;
  /** How far its clock is ahead, of a sandbox that was put forward. */
  clock_ahead_s: number;
  /** Who reads what installs its eSIMs. */
  esim_holder: EsimHolder['holder'];
  /** What it tells its end customers in its own words. */
  own_messages: OwnMessages;
}

/** Finds a distributor; null when there is none. */
export async function findDistributor(on: Query, id: string): Promise<DistributorRow | null> {
  const [row] = await on.query<DistributorRow>(
    `SELECT d.id, d.world, d.clock_ahead_s, d.esim_holder, ${SETTING_NAMES.map((name) => `d.${name}`).join(', ')},
            d.world = 'live' AND EXISTS (SELECT FROM recoveries WHERE ended_at IS NULL) AS is_closed,
            EXISTS (SELECT FROM distributor_keys k WHERE k.distributor_id = d.id) AS has_public_key,
            coalesce((SELECT jsonb_object_agg(m.language || ' ' || m.outcome, m.text)
                      FROM customer_messages m WHERE m.distributor_id = d.id), '{}') AS own_messages
     FROM distributors d WHERE d.id = $1`,
    [id],
  );
  return row ?? null;
}

/** Lists a distributor and, of a live one, its sandbox. */
export function listWorlds(on: Query, id: string): Promise<{ id: string; world: 'live' | 'sandbox' }[]> {
  return on.query('SELECT id, world FROM distributors WHERE id = $1 OR sandbox_of = $1', [id]);
}

/** Finds what a distributor has chosen for its own sales; null when there is no such distributor. */
export async function findSettings(on: Query, id: string): Promise<DistributorSettings | null> {
  const [row] = await on.query<DistributorSettings>(
    `SELECT ${SETTING_NAMES.join(', ')} FROM distributors WHERE id = $1`,
    [id],
  );
  return row ?? null;
}

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

/** Finds one distributor; null when there is none. */
export async function findDistributorDetail(on: Query, id: string): Promise<DistributorDetail | null> {
  const [row] = await on.query<DistributorDetail>(`${DISTRIBUTORS} WHERE id = $1`, [id]);
  return row ?? null;
}

/** Lists a page of all distributors, oldest first. */
export function listDistributors(on: Query, { offset, limit }: Page): Promise<DistributorDetail[]> {
  return on.query(`${DISTRIBUTORS} ORDER BY created_at, id LIMIT $1 OFFSET $2`, [limit, offset]);
}

/** Returns those of these ids that distributors have. */
export async function knownDistributors(on: Query, ids: readonly string[]): Promise<Set<string>> {
  const rows = await on.query<{ id: string }>('SELECT id FROM distributors WHERE id = ANY($1::uuid[])', [ids]);
  return new Set(rows.map(({ id }) => id));
}
