import type { Query } from '../database/database.ts';
import { DELIVERS_OFFER } from '../values/deliverable.query.ts';

/** An offer that a lost sale may be of. */
export interface OfferOfLostSale {
  case_id: string;
  offer_id: string;
  offer_name: string;
  distributor_id: string;
  distributor_name: string;
  /** Null: the offer's own. */
  product_id: string | null;
  line_kind: 'msisdn' | 'simId' | null;
}

/**
 * Finds which offers each lost sale may be of: by the supplier, what it calls the product, and what the line got. Only what the
 * supplier has told counts.
 * @param digits how many digits each currency has behind the point
 */
export const findFittingOffers = (
  on: Query,
  caseIds: readonly string[],
  digits: Readonly<Record<string, number>>,
): Promise<OfferOfLostSale[]> =>
  on.query<OfferOfLostSale>(
    `SELECT c.id AS case_id, o.id AS offer_id, o.name AS offer_name, d.id AS distributor_id, d.name AS distributor_name,
            nullif(p.id, o.product_id) AS product_id, p.line_kind
     FROM reconciliation_cases c
     JOIN products p ON p.supplier_id = c.supplier_id
     JOIN offers o ON ${DELIVERS_OFFER('p', 'o')}
     JOIN distributors d ON d.id = o.distributor_id AND d.world = 'live'
     WHERE c.id = ANY ($1::uuid[])
       AND (c.theirs ->> 'product' IS NULL
            OR c.theirs ->> 'product' IN (p.supplier_reference, p.settings ->> 'sku_code', p.settings ->> 'operator_id'))
       AND (c.theirs ->> 'value' IS NULL OR (
            (c.theirs ->> 'value')::numeric = coalesce(p.denomination_minor, p.bonus_value_minor)
              / power(10::numeric, ($2::jsonb ->> coalesce(p.denomination_currency, p.currency))::int)
            AND coalesce(c.theirs ->> 'value_currency', coalesce(p.denomination_currency, p.currency))
              = coalesce(p.denomination_currency, p.currency)))
     ORDER BY c.id, d.name, o.name, o.id`,
    [caseIds, digits],
  );

/** How a transaction that is known stands, and which delivery that is by. */
export interface KnownSale {
  /** Null as long as it is pending. */
  status: string | null;
  reason: string | null;
  attempt: number;
  supplier_reference: string | null;
  /** It was delivered after it had come to nothing, whether or not a unit is booked for it. */
  is_late: boolean;
}

/** Finds how a transaction stands; null where it is not known. */
export async function findKnownSale(on: Query, id: string): Promise<KnownSale | null> {
  const [row] = await on.query<KnownSale>(
    `SELECT r.status, r.reason, coalesce(r.attempt, 1) AS attempt, r.supplier_reference,
            (r.change -> 'late_delivery' <> 'null') IS TRUE AS is_late
     FROM transactions t
     LEFT JOIN outcomes r ON r.distributor_id = t.distributor_id AND r.transaction_id = t.id WHERE t.id = $1`,
    [id],
  );
  return row ?? null;
}

/** What a sale of an offer is booked by: the version that it had then, and the catalogue's. */
export interface BookedBy {
  offer_version: number;
  catalogue_version: number;
}

/** Finds the version that an offer had at some moment; the first one for what is older. */
export async function findBookedBy(on: Query, offerId: string, at: Date): Promise<BookedBy | null> {
  const [row] = await on.query<BookedBy>(
    `SELECT v.version AS offer_version, c.version AS catalogue_version
     FROM offer_versions v CROSS JOIN catalogue_version c WHERE v.offer_id = $1
     ORDER BY v.since <= $2 DESC, CASE WHEN v.since <= $2 THEN v.version END DESC NULLS LAST, v.version LIMIT 1`,
    [offerId, at],
  );
  return row ?? null;
}
