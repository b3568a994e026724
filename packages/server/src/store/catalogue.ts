import type { Query } from './db.ts';

/** Who sells what from whom: the rows that change rarely. Each function writes one row. */

export interface NewDistributor {
  id: string;
  name: string;
  world: 'live' | 'sandbox';
}

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
}

export interface NewProduct {
  id: string;
  supplier_id: string;
  name: string;
  type: 'topup' | 'eSim' | 'simCard';
  transaction_type: string;
  line_kind: 'msisdn' | 'simId' | null;
  /** `available`, or any other word: then it cannot be sold, and the word is told. */
  status: string;
  /** ISO 3166-1 alpha-2. */
  coverage_zone: string[];
  tags: string[];
  /** ISO 4217. */
  currency: string;
  bonus_value_minor: number;
  supplier_reference: string | null;
  metadata: object;
}

export interface NewOffer {
  id: string;
  distributor_id: string;
  product_id: string;
  name: string;
  resell_value_minor: number;
  tags: string[];
  expires_at: Date | null;
}

export interface NewCredentials {
  client_id: string;
  distributor_id: string;
  name: string;
  secret_sha256: string;
  requests_per_minute: number;
}

export async function addDistributor(on: Query, d: NewDistributor): Promise<void> {
  await on.query('INSERT INTO distributors (id, name, world) VALUES ($1, $2, $3)', [d.id, d.name, d.world]);
}

export async function addCredentials(on: Query, c: NewCredentials): Promise<void> {
  await on.query(
    `INSERT INTO credentials (client_id, distributor_id, name, secret_sha256, requests_per_minute)
     VALUES ($1, $2, $3, $4, $5)`,
    [c.client_id, c.distributor_id, c.name, c.secret_sha256, c.requests_per_minute],
  );
}

export async function addSupplier(on: Query, s: NewSupplier): Promise<void> {
  await on.query(
    `INSERT INTO suppliers (id, name, country, connector, settings, secrets, status) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [s.id, s.name, s.country, s.connector, s.settings ?? {}, s.secrets ?? {}, s.status ?? 'approved'],
  );
}

export async function addProduct(on: Query, p: NewProduct): Promise<void> {
  await on.query(
    `INSERT INTO products (id, supplier_id, name, type, transaction_type, line_kind, status, coverage_zone, tags,
                           currency, bonus_value_minor, supplier_reference, metadata)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      p.id,
      p.supplier_id,
      p.name,
      p.type,
      p.transaction_type,
      p.line_kind,
      p.status,
      p.coverage_zone,
      p.tags,
      p.currency,
      p.bonus_value_minor,
      p.supplier_reference,
      p.metadata,
    ],
  );
}

/** Adds an offer and its bucket, still empty. */
export async function addOffer(on: Query, o: NewOffer): Promise<void> {
  await on.query(
    `WITH bucket AS (INSERT INTO buckets (distributor_id, offer_id) VALUES ($1, $2))
     INSERT INTO offers (distributor_id, id, product_id, name, resell_value_minor, tags, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [o.distributor_id, o.id, o.product_id, o.name, o.resell_value_minor, o.tags, o.expires_at],
  );
}
