import type { Query } from '../database/database.ts';
import { clockOf } from '../distributors/sandbox-clock.query.ts';

export type IdentificationStatus = 'pending' | 'identified' | 'overdue';

/** How an identification stands, of `esims e`. */
export const KYC_STATUS = `CASE WHEN e.identified_at IS NOT NULL THEN 'identified'
            WHEN e.kyc_deadline <= ${clockOf('e')} THEN 'overdue' ELSE 'pending' END`;

/** An eSIM that was sold and whose user has to be identified. */
export interface IdentificationRow {
  distributor_id: string;
  transaction_id: string;
  offer_name: string;
  user_id: string | null;
  sold_at: Date;
  kyc_level: number;
  kyc_url: string;
  kyc_deadline: Date;
  kyc_status: IdentificationStatus;
  reminders: number;
  reminded_at: Date | null;
}

const SELECT = `
SELECT e.distributor_id, e.transaction_id, v.name AS offer_name, t.user_id, t.created_at AS sold_at,
       e.kyc_level, e.kyc_url, e.kyc_deadline, ${KYC_STATUS} AS kyc_status, e.reminders, e.reminded_at
FROM esims e
JOIN outcomes r ON r.distributor_id = e.distributor_id AND r.transaction_id = e.transaction_id AND r.status = 'ok'
JOIN transactions t ON t.distributor_id = e.distributor_id AND t.id = e.transaction_id
JOIN offer_versions v ON v.distributor_id = t.distributor_id AND v.offer_id = t.offer_id AND v.version = t.offer_version
WHERE e.kyc_deadline IS NOT NULL`;

/** Lists a page of a distributor's identifications, most urgent first; those that are done come last. */
export function listIdentifications(
  on: Query,
  distributorId: string,
  page: { offset: number; limit: number; status?: IdentificationStatus },
): Promise<IdentificationRow[]> {
  return on.query<IdentificationRow>(
    `${SELECT} AND e.distributor_id = $1 AND ($2::text IS NULL OR ${KYC_STATUS} = $2)
     ORDER BY e.identified_at IS NOT NULL, e.kyc_deadline, e.transaction_id LIMIT $3 OFFSET $4`,
    [distributorId, page.status ?? null, page.limit, page.offset],
  );
}

/** Finds one identification of a distributor; null where it has none of that transaction. */
export async function findIdentification(
  on: Query,
  distributorId: string,
  transactionId: string,
): Promise<IdentificationRow | null> {
  const [row] = await on.query<IdentificationRow>(`${SELECT} AND e.distributor_id = $1 AND e.transaction_id = $2`, [
    distributorId,
    transactionId,
  ]);
  return row ?? null;
}

/** Finds one identification of any distributor; null where there is none. */
export async function findAnyIdentification(on: Query, transactionId: string): Promise<IdentificationRow | null> {
  const [row] = await on.query<IdentificationRow>(`${SELECT} AND e.transaction_id = $1`, [transactionId]);
  return row ?? null;
}
