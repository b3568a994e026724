import type { Db } from '../database/database.ts';
import type { Seal } from '../secrets/seal.ts';

export interface SigningKey {
  id: string;
  /** 32 random bytes, base64url. */
  secret: string;
}

/** As it is kept: sealed where there is something to seal it with. */
interface KeptKey {
  id: string;
  secret: string | null;
  sealed: string | null;
}

/** The sealing key is missing, or is not the one that the database was sealed under. */
export class WrongSealingKey extends Error {
  override readonly name = 'WrongSealingKey';
}

const sealedFor = (id: string): string => `signing key ${id}`;

function opened(seal: Seal | null, id: string, sealed: string): SigningKey {
  if (!seal) {
    throw new WrongSealingKey('The database was sealed under a key: set SEALING_KEY to that one.');
  }
  try {
    return { id, secret: seal.open(sealed, sealedFor(id)) };
  } catch (error) {
    throw new WrongSealingKey(
      'SEALING_KEY is not the key that the database was sealed under: set it to that one. If it is lost for good, ' +
        'so is what it sealed; the SQL statement DELETE FROM signing_keys lets a new one in.',
      { cause: error },
    );
  }
}

/**
 * Keeps the key that signs tokens, the same for all processes: the first one to start keeps its candidate. One that was
 * kept in clear is sealed; beside the embedded database it is replaced, because others on the machine could read its
 * files. Then all tokens end, and clients get new ones.
 * @param isNewSeal the sealing key was made just now, so what was sealed before is lost
 */
export const keepSigningKey = (
  db: Db,
  candidate: SigningKey,
  seal: Seal | null,
  isNewSeal: boolean,
): Promise<SigningKey> =>
  db.transaction(async (tx) => {
    await tx.query(`INSERT INTO signing_keys (one, id, secret) VALUES (true, $1, $2) ON CONFLICT (one) DO NOTHING`, [
      candidate.id,
      candidate.secret,
    ]);
    const [kept] = await tx.query<KeptKey>('SELECT id, secret, sealed FROM signing_keys FOR UPDATE');
    const { id, secret, sealed } = kept as KeptKey;
    if (sealed !== null && !isNewSeal) return opened(seal, id, sealed);
    if (secret !== null && !seal) return { id, secret };
    const key = secret === null || db.engine === 'pglite' ? candidate : { id, secret };
    await tx.query('UPDATE signing_keys SET id = $1, secret = NULL, sealed = $2', [
      key.id,
      (seal as Seal).close(key.secret, sealedFor(key.id)),
    ]);
    return key;
  });
