import Type, { type Static } from 'typebox';
import { DateTime } from '../formats.ts';

/** The public half of a key that signs documents (RFC 8037). */
export const DocumentKey = Type.Object(
  {
    kid: Type.String({ description: 'Its name: its thumbprint (RFC 7638)' }),
    kty: Type.Literal('OKP'),
    crv: Type.Literal('Ed25519'),
    x: Type.String({ description: '32 bytes, base64url' }),
    use: Type.Literal('sig'),
    alg: Type.Literal('EdDSA'),
  },
  { title: 'DocumentKey' },
);
export type DocumentKey = Static<typeof DocumentKey>;

/** All public keys that documents were ever signed with (RFC 7517). */
export const DocumentKeySet = Type.Object({ keys: Type.Array(DocumentKey) }, { title: 'DocumentKeySet' });
export type DocumentKeySet = Static<typeof DocumentKeySet>;

/** A key that signs documents, as the operator sees it. */
export const DocumentKeyEntry = Type.Object(
  {
    kid: DocumentKey.properties.kid,
    creation_date: DateTime,
    retirement_date: Type.Optional({ ...DateTime, description: 'Since when it signs nothing more' }),
  },
  { title: 'DocumentKeyEntry' },
);
export type DocumentKeyEntry = Static<typeof DocumentKeyEntry>;

/** The signature of a document, over its canonical JSON (RFC 8785). */
export const DocumentSignature = Type.Object(
  {
    kid: DocumentKey.properties.kid,
    algorithm: Type.Literal('EdDSA'),
    value: Type.String({ description: '64 bytes, base64url' }),
  },
  { title: 'DocumentSignature' },
);
export type DocumentSignature = Static<typeof DocumentSignature>;

/** A document with the signature that proves it. Its `type` says what it is, so that none passes for another. */
export interface SignedDocument<D extends { type: string } = { type: string }> {
  document: D;
  signature: DocumentSignature;
}
