import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalBytes } from './canonical-bytes.ts';
import type { DocumentKey, SignedDocument } from './signing.ts';
import { readSigned, verifyBytes, verifySigned } from './verify-signed.ts';

const named = (kid: string, x: string): DocumentKey => ({
  kid,
  kty: 'OKP',
  crv: 'Ed25519',
  x,
  use: 'sig',
  alg: 'EdDSA',
});
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const KEYS = { keys: [named('ours', (publicKey.export({ format: 'jwk' }) as { x: string }).x)] };
const signed = (document: { type: string }): SignedDocument => {
  const value = sign(null, canonicalBytes(document), privateKey).toString('base64url');
  return { document, signature: { kid: 'ours', algorithm: 'EdDSA', value } };
};

describe('a signed document', () => {
  it('is checked as RFC 8037 has it', async () => {
    const keys = { keys: [named('rfc', '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo')] };
    const value = 'hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg';
    const bytes = new TextEncoder().encode('eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc');
    expect(await verifyBytes(bytes, { kid: 'rfc', value }, keys)).toBe('valid');
    expect(await verifyBytes(bytes.slice(1), { kid: 'rfc', value }, keys)).toBe('changed');
    expect(await verifyBytes(bytes, { kid: 'rfc', value: '?' }, keys)).toBe('changed');
    expect(await verifyBytes(bytes, { kid: 'other', value }, keys)).toBe('unknown_key');
  });

  it('stays genuine however its JSON is laid out, and not when anything in it is something else', async () => {
    const document = fc.record({ type: fc.string(), rest: fc.jsonValue() }).map((each) => ({ ...each }));
    await fc.assert(
      fc.asyncProperty(document, fc.jsonValue(), async ({ type, rest }, other) => {
        const whole = signed({ type, rest } as { type: string });
        const laidOut = readSigned(JSON.stringify({ ...whole, document: { rest, type } }, null, 2));
        expect(laidOut && (await verifySigned(laidOut, KEYS))).toBe('valid');
        fc.pre(JSON.stringify(other) !== JSON.stringify(rest));
        const changed = { ...whole, document: { type, rest: other } };
        const isSame = Buffer.from(canonicalBytes({ rest: other })).equals(canonicalBytes({ rest }));
        expect(await verifySigned(changed, KEYS)).toBe(isSame ? 'valid' : 'changed');
      }),
    );
  });

  it('is none where a name stands twice, so that people read something else than what is checked', () => {
    const text = JSON.stringify(signed({ type: 'note', text: 'a "{:}" b' } as { type: string }));
    expect(readSigned(text)).not.toBeNull();
    expect(readSigned(text.replace('"type"', '"text":"other","type"'))).toBeNull();
    expect(readSigned(text.replace('"type"', String.raw`"te\u0078t":"other","type"`))).toBeNull();
  });

  it.each(['', 'null', '[]', '{}', '{"document":{"type":"x"}}', '{"document":{},"signature":{}}'])(
    'is not: %s',
    (text) => expect(readSigned(text)).toBeNull(),
  );
});
