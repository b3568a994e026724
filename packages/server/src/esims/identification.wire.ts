import { type Identification, type IdentificationCase, wireDate } from '@opentopup/contract';
import type { IdentificationRow, IdentificationStatus } from './identification.query.ts';

interface Kyc {
  kyc_level: number | null;
  kyc_url: string | null;
  kyc_deadline: Date | null;
  kyc_status: IdentificationStatus | null;
}

/** Presents how an eSIM's user has to be identified; null where nobody has to be. */
export function identificationOf({ kyc_level, kyc_url, kyc_deadline, kyc_status }: Kyc): Identification | null {
  if (kyc_deadline === null || kyc_status === null) return null;
  return { level: kyc_level ?? 0, url: kyc_url ?? '', deadline: wireDate(kyc_deadline), status: kyc_status };
}

/** Presents an identification as it goes on the wire. */
export function wireIdentification(row: IdentificationRow): IdentificationCase {
  return {
    transaction_id: row.transaction_id,
    offer_name: row.offer_name,
    ...(row.user_id === null ? {} : { user_id: row.user_id }),
    sale_date: wireDate(row.sold_at),
    ...(identificationOf(row) as Identification),
    reminders: row.reminders,
    ...(row.reminded_at ? { last_reminder_date: wireDate(row.reminded_at) } : {}),
  };
}
