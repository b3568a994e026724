import type { CheckDigitRule } from '@opentopup/contract/lines/read-serial';
import type { Query } from '../../database/database.ts';
import type { CatalogueRule } from './catalogue-change.rules.ts';
import { SUPPLIERS, type SupplierDetail } from './suppliers.query.ts';

/** Most calls of a supplier that one process has open, unless told. */
export const DEFAULT_MAX_CONCURRENT = 2_000;

/** What follows where its catalogue has changed, unless told. */
export const DEFAULT_CATALOGUE_RULE: CatalogueRule = 'stop_at_loss';

export interface NewSupplier {
  id: string;
  name: string;
  country: string;
  /** Name of the connector that speaks to it; null while there is none. */
  connector: string | null;
  settings?: Record<string, unknown>;
  /** Sealed. */
  secrets?: Record<string, string>;
  status?: 'approved' | 'revoked' | 'pending';
  deadline_ms?: number | null;
  max_concurrent?: number;
  on_catalogue_change?: CatalogueRule;
  sim_check_digit?: CheckDigitRule;
  balance_threshold?: number | null;
}

/** Adds a supplier; false where its id is taken. */
export async function addSupplier(on: Query, s: NewSupplier): Promise<boolean> {
  const added = await on.query(
    `INSERT INTO suppliers (id, name, country, connector, settings, secrets, status, deadline_ms, max_concurrent,
                            on_catalogue_change, sim_check_digit, balance_threshold)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING RETURNING id`,
    [
      s.id,
      s.name,
      s.country,
      s.connector,
      s.settings ?? {},
      s.secrets ?? {},
      s.status ?? 'approved',
      s.deadline_ms ?? null,
      s.max_concurrent ?? DEFAULT_MAX_CONCURRENT,
      s.on_catalogue_change ?? DEFAULT_CATALOGUE_RULE,
      s.sim_check_digit ?? 'refuse',
      s.balance_threshold ?? null,
    ],
  );
  return added.length > 0;
}

/** Locks a supplier until the transaction ends, and returns it as it stands; null when there is none. */
export async function lockSupplier(tx: Query, id: string): Promise<SupplierDetail | null> {
  const [row] = await tx.query<SupplierDetail>(`${SUPPLIERS} WHERE s.id = $1 FOR NO KEY UPDATE OF s`, [id]);
  return row ?? null;
}

/** Writes what may change of a supplier; its secrets only where they are given, sealed and as a whole. */
export async function updateSupplier(
  tx: Query,
  s: SupplierDetail,
  secrets: Record<string, string> | null,
  at: Date,
): Promise<void> {
  await tx.query(
    `UPDATE suppliers SET name = $2, status = $3, connector = $4, settings = $5, secrets = coalesce($6, secrets),
            deadline_ms = $7, max_concurrent = $8, on_catalogue_change = $9, sim_check_digit = $10,
            balance_threshold = $11,
            access_since = CASE WHEN (connector, settings, secrets)
              IS DISTINCT FROM ($4::text, $5::jsonb, coalesce($6::jsonb, secrets)) THEN $12 ELSE access_since END
     WHERE id = $1`,
    [
      s.id,
      s.name,
      s.status,
      s.connector,
      s.settings,
      secrets,
      s.deadline_ms,
      s.max_concurrent,
      s.on_catalogue_change,
      s.sim_check_digit,
      s.balance_threshold,
      at,
    ],
  );
}
