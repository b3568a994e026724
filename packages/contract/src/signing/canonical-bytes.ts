import canonicalize from 'canonicalize';

/**
 * Writes a document as the bytes that are signed: canonical JSON (RFC 8785), in UTF-8.
 * @throws on what JSON cannot say
 */
export function canonicalBytes(document: object): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(canonicalize(document));
}
