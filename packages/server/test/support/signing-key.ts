import { keepSigningKey, type SigningKey } from '../../src/access/signing-key.store.ts';
import { newSigningKey } from '../../src/access/tokens.ts';
import type { Db } from '../../src/database/database.ts';
import { createSeal } from '../../src/secrets/seal.ts';
import { SEALING_KEY } from './secrets.ts';

/** The key with which a server that was started with SEALING_KEY signs tokens. */
export const signingKeyOf = (db: Db): Promise<SigningKey> =>
  keepSigningKey(db, newSigningKey(), createSeal(Buffer.from(SEALING_KEY, 'base64')), false);
