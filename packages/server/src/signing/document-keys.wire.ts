import { type DocumentKey, type DocumentKeyEntry, wireDate } from '@opentopup/contract';
import type { DocumentKeyRow } from './document-keys.query.ts';

export const publicKeyOf = ({ kid, x }: DocumentKeyRow): DocumentKey => ({
  kid,
  kty: 'OKP',
  crv: 'Ed25519',
  x,
  use: 'sig',
  alg: 'EdDSA',
});

export const wireDocumentKey = ({ kid, created_at, retired_at }: DocumentKeyRow): DocumentKeyEntry => ({
  kid,
  creation_date: wireDate(created_at),
  ...(retired_at && { retirement_date: wireDate(retired_at) }),
});
