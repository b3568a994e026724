import { canonicalBytes } from './canonical-bytes.ts';
import type { SignedDocument } from './signing.ts';
import { readBase64url, readSigned } from './verify-signed.ts';

function base64url(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (each) => String.fromCharCode(each)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Packs a signed document into a short text without blanks, which fits into an address or a QR code. */
export const packSigned = ({ document, signature: { kid, value } }: SignedDocument): string =>
  `${base64url(canonicalBytes(document))}.${kid}.${value}`;

/** Returns the signed document out of such a text, or of an address that has it behind `#`; null where there is none. */
export function unpackSigned(text: string): SignedDocument | null {
  const [packed = '', kid, value, ...more] = text.trim().replace(/^.*#/s, '').split('.');
  const bytes = readBase64url(packed);
  if (!bytes || kid === undefined || value === undefined || more.length > 0) return null;
  return readSigned(
    `{"document":${new TextDecoder().decode(bytes)},"signature":${JSON.stringify({ kid, algorithm: 'EdDSA', value })}}`,
  );
}
