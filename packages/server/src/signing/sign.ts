import { createPrivateKey, sign } from 'node:crypto';
import type { DocumentSignature, Refusal, SignedDocument } from '@opentopup/contract';
import { canonicalBytes } from '@opentopup/contract/signing/canonical-bytes';
import type { Context } from '../context.ts';
import { openDocumentKey } from './document-keys.ts';

async function signBytes(ctx: Context, bytes: Uint8Array): Promise<DocumentSignature | Refusal> {
  const key = await openDocumentKey(ctx);
  if ('reason' in key) return key;
  const { kid, x, d } = key;
  const privateKey = createPrivateKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x, d } });
  return { kid, algorithm: 'EdDSA', value: sign(null, bytes, privateKey).toString('base64url') };
}

/**
 * Signs a document with the key of this installation, over its canonical JSON; refused where there is no seal to keep a key.
 * It asks the database, so not inside a transaction.
 */
export async function signDocument<D extends { type: string }>(
  ctx: Context,
  document: D,
): Promise<SignedDocument<D> | Refusal> {
  const signature = await signBytes(ctx, canonicalBytes(document));
  return 'reason' in signature ? signature : { document, signature };
}
