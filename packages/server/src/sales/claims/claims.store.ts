import type { Query } from '../../database/database.ts';
import type { TransactionKey } from '../../values/transaction-key.ts';

/** Who takes care of a sale. */
export interface Claim extends TransactionKey {
  owner: string;
  /** Null: the owner has none. */
  account_id: string | null;
  at: Date;
}

/** Tells who takes care of a sale, and keeps that until the end of the transaction; null: nobody. */
export async function lockOwner(tx: Query, { distributor_id, transaction_id }: TransactionKey): Promise<string | null> {
  const [row] = await tx.query<{ owner: string }>(
    'SELECT owner FROM sale_claims WHERE distributor_id = $1 AND transaction_id = $2 FOR UPDATE',
    [distributor_id, transaction_id],
  );
  return row?.owner ?? null;
}

/** Notes who takes care of a sale; false where somebody else has taken it at the same moment, or it has an outcome. */
export async function keepClaim(tx: Query, claim: Claim, before: string | null): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO sale_claims AS c (distributor_id, transaction_id, owner, account_id, at)
     SELECT $1, $2, $3, $4, $5 WHERE NOT EXISTS (SELECT FROM outcomes WHERE distributor_id = $1 AND transaction_id = $2)
     ON CONFLICT (distributor_id, transaction_id)
       DO UPDATE SET owner = excluded.owner, account_id = excluded.account_id, at = excluded.at WHERE c.owner = $6
     RETURNING owner`,
    [claim.distributor_id, claim.transaction_id, claim.owner, claim.account_id, claim.at, before],
  );
  return rows.length > 0;
}

/** Forgets who takes care of a sale. */
export async function dropClaim(tx: Query, { distributor_id, transaction_id }: TransactionKey): Promise<void> {
  await tx.query('DELETE FROM sale_claims WHERE distributor_id = $1 AND transaction_id = $2', [
    distributor_id,
    transaction_id,
  ]);
}
