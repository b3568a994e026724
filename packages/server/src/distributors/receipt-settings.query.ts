import type { ReceiptSettings } from '@opentopup/contract';
import type { Query } from '../database/database.ts';

/** What counts for whoever has set nothing. */
const UNSET: ReceiptSettings = { paper: '80mm' };

/** Finds what the receipts of a distributor say. */
export async function findReceiptSettings(on: Pick<Query, 'query'>, distributorId: string): Promise<ReceiptSettings> {
  const [row] = await on.query<{ settings: ReceiptSettings }>(
    'SELECT settings FROM receipt_settings WHERE distributor_id = $1',
    [distributorId],
  );
  return row?.settings ?? UNSET;
}
