import type { Query } from '../../database/database.ts';
import type { Stopped } from '../suppliers/catalogue-change.rules.ts';
import { OFFERS, type OfferDetail } from './offer-details.query.ts';

/** What an offer is called and costs: a change of it is a new version. */
export interface OfferTermsRow {
  name: string;
  /** Minor units, or percent, as decimal digits. */
  fees: string;
  fees_type: 'percent' | 'value';
}

interface OfferKey {
  distributor_id: string;
  id: string;
}

/** Keeps others from changing an offer until the transaction ends: what is read after this is the latest. */
export async function lockOffer(tx: Query, { distributor_id, id }: OfferKey): Promise<void> {
  await tx.query('SELECT FROM offers WHERE distributor_id = $1 AND id = $2 FOR UPDATE', [distributor_id, id]);
}

/** Gives an offer other terms, as a new version; sales keep the version they were made with. */
export async function renewOffer(
  tx: Query,
  { distributor_id, id }: OfferKey,
  terms: OfferTermsRow,
  at: Date,
): Promise<void> {
  await tx.query(
    `UPDATE offers SET name = $3, fees = $4, fees_type = $5, version = version + 1, updated_at = $6
     WHERE distributor_id = $1 AND id = $2`,
    [distributor_id, id, terms.name, terms.fees, terms.fees_type, at],
  );
}

/** Keeps a distributor's own data with its offer. */
export async function setOfferMetadata(tx: Query, key: OfferKey, metadata: unknown, at: Date): Promise<void> {
  await tx.query(
    'UPDATE offers SET metadata = $3::text::jsonb, updated_at = $4 WHERE distributor_id = $1 AND id = $2',
    [key.distributor_id, key.id, JSON.stringify(metadata), at],
  );
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

const COLUMNS = `distributor_id uuid, id uuid, product_id uuid, name text, resell_value_minor bigint, tags text[],
  expires_at timestamptz`;

/** Adds offers and their buckets, still empty, but for those whose ids are taken; gives the ids of those added. */
export async function addOffers(on: Query, offers: readonly NewOffer[]): Promise<string[]> {
  if (offers.length === 0) return [];
  const added = await on.query<{ id: string }>(
    `WITH added AS (
       INSERT INTO offers (distributor_id, id, product_id, name, resell_value_minor, tags, expires_at)
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS offer(${COLUMNS}) ORDER BY id
       ON CONFLICT DO NOTHING RETURNING distributor_id, id
     )
     INSERT INTO buckets (distributor_id, offer_id) SELECT distributor_id, id FROM added RETURNING offer_id AS id`,
    [JSON.stringify(offers)],
  );
  return added.map(({ id }) => id);
}

/** Adds an offer and its bucket, still empty; false where its id is taken. */
export const addOffer = async (on: Query, offer: NewOffer): Promise<boolean> =>
  (await addOffers(on, [offer])).length > 0;

/** Locks those of these offers that exist until the transaction ends, and returns them as they stand. */
export function lockOffers(tx: Query, ids: readonly string[]): Promise<OfferDetail[]> {
  return tx.query<OfferDetail>(
    `${OFFERS} WHERE o.id = ANY($1::uuid[]) ORDER BY o.distributor_id, o.id FOR NO KEY UPDATE OF o`,
    [ids],
  );
}

/** Stops the sale of offers, or resumes it. */
export async function stopOffers(
  tx: Query,
  offers: readonly (OfferKey & { stopped: Stopped })[],
  at: Date,
): Promise<void> {
  await tx.query(
    `UPDATE offers o SET stopped = next.stopped, updated_at = $2
     FROM jsonb_to_recordset($1::jsonb) AS next(distributor_id uuid, id uuid, stopped text)
     WHERE o.distributor_id = next.distributor_id AND o.id = next.id`,
    [JSON.stringify(offers), at],
  );
}

/**
 * Writes what may change of offers.
 * @param repriced true where name or price change: earlier sales keep the version before
 */
export async function updateOffers(
  tx: Query,
  offers: readonly NewOffer[],
  at: Date,
  { repriced }: { repriced: boolean },
): Promise<void> {
  await tx.query(
    `UPDATE offers o
     SET ${repriced ? 'version = o.version + 1,' : ''}
         name = next.name, resell_value_minor = next.resell_value_minor, tags = next.tags,
         expires_at = next.expires_at, updated_at = $2
     FROM jsonb_to_recordset($1::jsonb) AS next(${COLUMNS})
     WHERE o.distributor_id = next.distributor_id AND o.id = next.id`,
    [JSON.stringify(offers), at],
  );
}
