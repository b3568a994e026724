import type { Query } from './db.ts';
import { newId } from './ids.ts';

/** What an offer is called and costs: a change of it is a new version. */
export interface OfferTerms {
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
  terms: OfferTerms,
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

/** Says that an offer was changed, in the commit that changes it. */
export async function tellOfferChanged(tx: Query, { distributor_id, id }: OfferKey, at: Date): Promise<void> {
  await tx.query(
    `INSERT INTO events (distributor_id, id, kind, subject_id, at, data)
     SELECT $1, $3, 'offer.changed', id, $4, jsonb_build_object('version', version)
     FROM offers WHERE distributor_id = $1 AND id = $2`,
    [distributor_id, id, newId(), at],
  );
}
