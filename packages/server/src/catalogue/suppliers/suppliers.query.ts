import type { Page } from '@opentopup/contract';
import type { CheckDigitRule } from '@opentopup/contract/lines/read-serial';
import type { Query } from '../../database/database.ts';
import { DELIVERS_OFFER } from '../../values/deliverable.query.ts';
import type { SupplierOfOffer } from '../offers/offers.query.ts';
import type { CatalogueRule } from './catalogue-change.rules.ts';

export interface SupplierRow {
  id: string;
  name: string;
  status: 'approved' | 'revoked' | 'pending';
  connector: string | null;
  /** The last time it did not answer. Without an end, it goes on. */
  outage: { began_at: string; ended_at: string | null } | null;
}

const OF_OFFERS = `
s.id IN (SELECT p.supplier_id FROM offers o JOIN products p ON ${DELIVERS_OFFER('p', 'o')} WHERE o.distributor_id = $1)`;

/** Lists the suppliers of a distributor's offers. */
export function listSuppliers(on: Query, distributorId: string): Promise<SupplierRow[]> {
  return on.query<SupplierRow>(
    `SELECT s.id, s.name, s.status, s.connector, to_jsonb(x) AS outage FROM suppliers s
     LEFT JOIN supplier_outages x ON x.supplier_id = s.id
     WHERE ${OF_OFFERS} ORDER BY s.name, s.id`,
    [distributorId],
  );
}

/** Reads the countries whose numbers suppliers recharge. */
export async function readSupplierCountries(on: Query): Promise<string[]> {
  const rows = await on.query<{ country: string }>(
    `SELECT country FROM suppliers
     UNION SELECT line_country FROM products WHERE line_country IS NOT NULL ORDER BY country`,
  );
  return rows.map(({ country }) => country);
}

/** Finds a supplier as its connector needs it; null when there is none. */
export async function findSupplier(on: Query, id: string): Promise<SupplierOfOffer | null> {
  const [row] = await on.query<SupplierOfOffer>(
    `SELECT id, name, country, connector, status, settings, secrets, deadline_ms, max_concurrent,
            on_catalogue_change, sim_check_digit
     FROM suppliers WHERE id = $1`,
    [id],
  );
  return row ?? null;
}

/** Finds one supplier of a distributor's offers, as its connector needs it; null where none of them is its. */
export async function findSupplierOfOffers(
  on: Query,
  distributorId: string,
  supplierId: string,
): Promise<SupplierOfOffer | null> {
  const [row] = await on.query<{ supplier: SupplierOfOffer }>(
    `SELECT to_jsonb(s) AS supplier FROM suppliers s WHERE ${OF_OFFERS} AND s.id = $2`,
    [distributorId, supplierId],
  );
  return row?.supplier ?? null;
}

/** Lists the suppliers that are sold from through one of these connectors. */
export async function supplierIdsOf(on: Query, connectors: readonly string[]): Promise<string[]> {
  const rows = await on.query<{ id: string }>(
    `SELECT id FROM suppliers WHERE connector = ANY($1::text[]) AND status = 'approved' ORDER BY id`,
    [connectors],
  );
  return rows.map(({ id }) => id);
}

/** The money at a supplier, as it was read last. */
interface KeptBalance {
  read_at: string | null;
  available: number | null;
  held: number | null;
  credit_limit: number | null;
  currency: string | null;
  low_since: string | null;
  failed_at: string | null;
  cause: string | null;
}

/** The money at a supplier, as it was when that was last told. */
export interface LastBalance {
  supplier_id: string;
  available: number;
  /** 0 where it lends nothing, or does not tell. */
  credit_limit: number;
  currency: string;
  read_at: Date;
}

/** Finds the money at those suppliers that tell it, by their ids. */
export async function findBalances(on: Query): Promise<Map<string, LastBalance>> {
  const rows = await on.query<LastBalance>(
    `SELECT supplier_id, available::float8 AS available, coalesce(credit_limit, 0)::float8 AS credit_limit, currency, read_at
     FROM supplier_balances
     WHERE available IS NOT NULL`,
  );
  return new Map(rows.map((row) => [row.supplier_id, row]));
}

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
  reading: { read_at: string | null; failed_at: string | null; cause: string | null; coming: number | null } | null;
  sim_check_digit: CheckDigitRule;
  /** Below it, the operator is told: in the main unit of its balance's currency. Null: never. */
  balance_threshold: number | null;
  /** The money there; null where it was never asked for. */
  balance: KeptBalance | null;
  /** The last time it did not answer. Without an end, it goes on. */
  outage: { began_at: string; ended_at: string | null; cause: string } | null;
  created_at: Date;
}

export const SUPPLIERS = `
SELECT s.id, s.name, s.status, s.country, s.connector, s.settings,
       ARRAY(SELECT name FROM jsonb_object_keys(s.secrets) AS name ORDER BY name) AS secret_names,
       s.deadline_ms, s.max_concurrent, s.on_catalogue_change, s.sim_check_digit, to_jsonb(r) AS reading,
       s.balance_threshold::float8 AS balance_threshold, to_jsonb(b) AS balance, to_jsonb(x) AS outage, s.created_at
FROM suppliers s
LEFT JOIN supplier_outages x ON x.supplier_id = s.id
LEFT JOIN supplier_readings r ON r.supplier_id = s.id
LEFT JOIN supplier_balances b ON b.supplier_id = s.id`;

/** Finds one supplier; null when there is none. */
export async function findSupplierDetail(on: Query, id: string): Promise<SupplierDetail | null> {
  const [row] = await on.query<SupplierDetail>(`${SUPPLIERS} WHERE s.id = $1`, [id]);
  return row ?? null;
}

/** Lists a page of all suppliers, by name. */
export function listSupplierDetails(on: Query, { offset, limit }: Page): Promise<SupplierDetail[]> {
  return on.query(`${SUPPLIERS} ORDER BY s.name, s.id LIMIT $1 OFFSET $2`, [limit, offset]);
}

/** Finds the connectors of those of these suppliers that exist, by their ids. */
export async function connectorsOf(on: Query, ids: readonly string[]): Promise<Map<string, string | null>> {
  const rows = await on.query<{ id: string; connector: string | null }>(
    'SELECT id, connector FROM suppliers WHERE id = ANY($1::uuid[])',
    [ids],
  );
  return new Map(rows.map(({ id, connector }) => [id, connector]));
}

/** Finds whose numbers these suppliers recharge, by their ids. */
export async function countriesOf(on: Query, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await on.query<{ id: string; country: string }>(
    'SELECT id, country FROM suppliers WHERE id = ANY($1::uuid[])',
    [ids],
  );
  return new Map(rows.map(({ id, country }) => [id, country]));
}
