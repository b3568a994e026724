import type { Page, PreviewStatus } from '@opentopup/contract';
import type { Query } from '../database/database.ts';

/** What an agent wants to sell, and how that stands. */
export interface PreviewRow {
  id: string;
  distributor_id: string;
  client_id: string;
  agent_name: string;
  status: PreviewStatus;
  offer_id: string;
  offer_name: string;
  line: string;
  line_kind: 'msisdn' | 'simId';
  price_minor: number;
  currency: string;
  units_after: number;
  token_sha256: string;
  at: Date;
  expires_at: Date;
  decided_by: string | null;
  /** Null: nobody has decided. */
  is_released: boolean | null;
  confirmed_at: Date | null;
  transaction_id: string | null;
  /** Why it was not sold. */
  refusal: string | null;
}

const STATUS = `
CASE WHEN p.refusal IS NOT NULL THEN 'refused' WHEN p.confirmed_at IS NOT NULL THEN 'confirmed'
     WHEN NOT p.is_released THEN 'declined' WHEN p.expires_at <= now() THEN 'expired'
     WHEN p.is_released THEN 'released' ELSE 'waiting' END`;

const SELECT = `
SELECT p.*, ${STATUS} AS status, c.name AS agent_name, o.name AS offer_name
FROM sale_previews p
JOIN credentials c ON c.client_id = p.client_id
JOIN offers o ON o.distributor_id = p.distributor_id AND o.id = p.offer_id`;

export interface PreviewFilter extends Page {
  status?: PreviewStatus | undefined;
  /** Of one agent; null: of all. */
  client_id: string | null;
}

/** Lists a page of the previews of these distributors, newest first. */
export const listPreviews = (
  on: Query,
  owners: readonly string[],
  { offset, limit, status, client_id }: PreviewFilter,
): Promise<PreviewRow[]> =>
  on.query(
    `${SELECT} WHERE p.distributor_id = ANY($1::uuid[]) AND ($2::text IS NULL OR p.client_id = $2)
       AND ($3::text IS NULL OR ${STATUS} = $3) ${status === 'waiting' ? 'AND p.is_released IS NULL' : ''}
     ORDER BY p.id DESC LIMIT $4 OFFSET $5`,
    [owners, client_id, status ?? null, limit, offset],
  );

/** Finds a preview of one of these distributors; null where there is none. */
export async function findPreview(on: Query, owners: readonly string[], id: string): Promise<PreviewRow | null> {
  const [row] = await on.query<PreviewRow>(`${SELECT} WHERE p.distributor_id = ANY($1::uuid[]) AND p.id = $2`, [
    owners,
    id,
  ]);
  return row ?? null;
}

/** Lists previews past their time that were confirmed before some moment, and of which nothing is known since. */
export const listUnsettled = (
  on: Query,
  { now, before, limit }: { now: Date; before: Date; limit: number },
): Promise<PreviewRow[]> =>
  on.query(
    `${SELECT} WHERE p.confirmed_at <= $1 AND p.transaction_id IS NULL AND p.refusal IS NULL AND p.expires_at <= $2
     ORDER BY p.confirmed_at LIMIT $3`,
    [before, now, limit],
  );
