import type { Page } from '@opentopup/contract';
import type { CheckDigitRule } from '@opentopup/contract/lines/read-serial';
import type { Query } from '../../database/database.ts';
import type { CatalogueRule } from './catalogue-change.rules.ts';

/** A supplier as the operator sees it. */
export interface SupplierDetail {
  id: string;
  name: string;
  status: 'approved' | 'revoked' | 'pending';
  country: string;
  connector: string | null;
  settings: Record<string, unknown>;
  /** The names of the secrets that are set. */
  secret_names: string[];
  deadline_ms: number | null;
  max_concurrent: number;
  on_catalogue_change: CatalogueRule;
  /** How its catalogue was read; null where it never was. */
  reading: { read_at: string | null; failed_at: string | null; cause: string | null } | null;
  sim_check_digit: CheckDigitRule;
  /** The last time it did not answer. Without an end, it goes on. */
  outage: { began_at: string; ended_at: string | null; cause: string } | null;
  created_at: Date;
}

export const SUPPLIERS = `
SELECT s.id, s.name, s.status, s.country, s.connector, s.settings,
       ARRAY(SELECT name FROM jsonb_object_keys(s.secrets) AS name ORDER BY name) AS secret_names,
       s.deadline_ms, s.max_concurrent, s.on_catalogue_change, s.sim_check_digit, to_jsonb(r) AS reading,
       to_jsonb(x) AS outage, s.created_at
FROM suppliers s
LEFT JOIN supplier_outages x ON x.supplier_id = s.id
LEFT JOIN supplier_readings r ON r.supplier_id = s.id`;

/** One supplier; null when there is none. */
export async function findSupplierDetail(on: Query, id: string): Promise<SupplierDetail | null> {
  const [row] = await on.query<SupplierDetail>(`${SUPPLIERS} WHERE s.id = $1`, [id]);
  return row ?? null;
}

/** A page of all suppliers, by name. */
export function listSupplierDetails(on: Query, { offset, limit }: Page): Promise<SupplierDetail[]> {
  return on.query(`${SUPPLIERS} ORDER BY s.name, s.id LIMIT $1 OFFSET $2`, [limit, offset]);
}

/** Those of these ids that suppliers have. */
export async function knownSuppliers(on: Query, ids: readonly string[]): Promise<Set<string>> {
  const rows = await on.query<{ id: string }>('SELECT id FROM suppliers WHERE id = ANY($1::uuid[])', [ids]);
  return new Set(rows.map(({ id }) => id));
}
