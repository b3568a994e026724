import type { Query } from '../../database/database.ts';

/** Keeps the secret of a second factor that is still to be confirmed; one from before is gone. */
export async function draftFactor(on: Query, account_id: string, sealed: string): Promise<void> {
  await on.query('UPDATE accounts SET factor_draft_sealed = $2 WHERE id = $1', [account_id, sealed]);
}

/** Makes the drafted factor the one that counts, with its recovery codes. */
export async function confirmDraft(tx: Query, account_id: string, codes_sha256: readonly string[]): Promise<void> {
  await tx.query('UPDATE accounts SET factor_sealed = factor_draft_sealed, factor_draft_sealed = NULL WHERE id = $1', [
    account_id,
  ]);
  await tx.query('DELETE FROM recovery_codes WHERE account_id = $1', [account_id]);
  await tx.query('INSERT INTO recovery_codes (account_id, code_sha256) SELECT $1, unnest($2::text[])', [
    account_id,
    codes_sha256,
  ]);
}

export async function deleteFactor(tx: Query, account_id: string): Promise<void> {
  await tx.query('UPDATE accounts SET factor_sealed = NULL WHERE id = $1', [account_id]);
  await tx.query('DELETE FROM recovery_codes WHERE account_id = $1', [account_id]);
}

/** Takes the code of a time step; false where that one, or a later one, was taken before. */
export async function takeStep(on: Query, account_id: string, step: number): Promise<boolean> {
  const rows = await on.query('UPDATE accounts SET factor_step = $2 WHERE id = $1 AND factor_step < $2 RETURNING id', [
    account_id,
    step,
  ]);
  return rows.length === 1;
}

/** Takes a recovery code; false where there is no such code, or it was taken before. */
export async function takeRecoveryCode(on: Query, account_id: string, code_sha256: string): Promise<boolean> {
  const rows = await on.query(
    'DELETE FROM recovery_codes WHERE account_id = $1 AND code_sha256 = $2 RETURNING account_id',
    [account_id, code_sha256],
  );
  return rows.length === 1;
}
