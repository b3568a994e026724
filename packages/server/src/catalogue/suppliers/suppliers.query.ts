import type { Query } from '../../database/database.ts';
import type { SupplierOfOffer } from '../offers/offers.query.ts';

export interface SupplierRow {
  id: string;
  name: string;
  status: 'approved' | 'revoked' | 'pending';
  connector: string | null;
  /** The last time it did not answer. Without an end, it goes on. */
  outage: { began_at: string; ended_at: string | null } | null;
}

const OF_OFFERS = `
s.id IN (SELECT p.supplier_id FROM offers o JOIN products p ON p.id = o.product_id WHERE o.distributor_id = $1)`;

/** The suppliers of a distributor's offers. */
export function listSuppliers(on: Query, distributorId: string): Promise<SupplierRow[]> {
  return on.query<SupplierRow>(
    `SELECT s.id, s.name, s.status, s.connector, to_jsonb(x) AS outage FROM suppliers s
     LEFT JOIN supplier_outages x ON x.supplier_id = s.id
     WHERE ${OF_OFFERS} ORDER BY s.name, s.id`,
    [distributorId],
  );
}

/** The countries whose numbers suppliers recharge. */
export async function readSupplierCountries(on: Query): Promise<string[]> {
  const rows = await on.query<{ country: string }>('SELECT DISTINCT country FROM suppliers ORDER BY country');
  return rows.map(({ country }) => country);
}

/** A supplier as its connector needs it; null when there is none. */
export async function findSupplier(on: Query, id: string): Promise<SupplierOfOffer | null> {
  const [row] = await on.query<SupplierOfOffer>(
    `SELECT id, name, country, connector, status, settings, secrets, deadline_ms, max_concurrent,
            on_catalogue_change, sim_check_digit
     FROM suppliers WHERE id = $1`,
    [id],
  );
  return row ?? null;
}

/** One supplier of a distributor's offers, as its connector needs it; null where none of them is its. */
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

/** The suppliers that are sold from through one of these connectors. */
export async function supplierIdsOf(on: Query, connectors: readonly string[]): Promise<string[]> {
  const rows = await on.query<{ id: string }>(
    `SELECT id FROM suppliers WHERE connector = ANY($1::text[]) AND status = 'approved' ORDER BY id`,
    [connectors],
  );
  return rows.map(({ id }) => id);
}
