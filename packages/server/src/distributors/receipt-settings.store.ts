import type { ReceiptSettings } from '@opentopup/contract';
import type { Query } from '../database/database.ts';

/** Keeps what the receipts of a distributor say, in place of what they said before. */
export async function saveReceiptSettings(
  tx: Query,
  distributorId: string,
  settings: ReceiptSettings,
  at: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO receipt_settings (distributor_id, settings, updated_at) VALUES ($1, $2, $3)
     ON CONFLICT (distributor_id) DO UPDATE SET settings = excluded.settings, updated_at = excluded.updated_at`,
    [distributorId, JSON.stringify(settings), at],
  );
}
