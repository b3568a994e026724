import { newSigningKey } from '../../src/http/tokens.ts';
import type { Db } from '../../src/store/db.ts';
import { createSeal } from '../../src/store/seal.ts';
import { keepSigningKey, type SigningKey } from '../../src/store/signing-key.ts';
import { SEALING_KEY } from './sealing-key.ts';

/** The key with which a server that was started with SEALING_KEY signs tokens. */
export const signingKeyOf = (db: Db): Promise<SigningKey> =>
  keepSigningKey(db, newSigningKey(), createSeal(Buffer.from(SEALING_KEY, 'base64')), false);
