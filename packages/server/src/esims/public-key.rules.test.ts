import { constants, createPublicKey, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { encryptFor, LONGEST_SECRET_BYTES, readPublicKey } from './public-key.rules.ts';

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const SPKI = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const PKCS1 = pair.publicKey.export({ type: 'pkcs1', format: 'pem' }).toString();
const PRIVATE = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const rsa = (modulusLength: number, publicExponent = 65_537): string =>
  generateKeyPairSync('rsa', { modulusLength, publicExponent })
    .publicKey.export({ type: 'spki', format: 'pem' })
    .toString();

describe('a public key', () => {
  it.each([
    ['SPKI', SPKI],
    ['PKCS #1', PKCS1],
  ])('is taken as %s, and kept as SPKI', (_, pem) => {
    expect(readPublicKey(pem)).toEqual({ ok: true, pem: SPKI, bits: 2048 });
  });

  const der = (type: 'spki' | 'pkcs1'): Buffer => pair.publicKey.export({ type, format: 'der' });
  const pems = { SPKI, 'PKCS #1': PKCS1, 'PKCS #1 under the wrong label': PKCS1.replaceAll('RSA PUBLIC', 'PUBLIC') };
  const spellings: Record<string, (pem: string) => string> = {
    'on one line': (pem) => pem.replaceAll('\n', ' ').trim(),
    'without any line end': (pem) => pem.replaceAll('\n', ''),
    'with its line ends written out': (pem) => pem.replaceAll('\n', '\\n'),
    'with its line ends written out, twice over': (pem) => pem.replaceAll('\n', '\\\\n'),
    'with those of Windows written out': (pem) => pem.replaceAll('\n', '\\r\\n'),
    'with a byte order mark': (pem) => `\ufeff${pem}`,
    'indented, in quotes': (pem) => `"  ${pem.replaceAll('\n', '\n  ')}"`,
    'as base64': (pem) => Buffer.from(pem).toString('base64'),
    'as base64 in lines': (pem) =>
      (
        Buffer.from(pem)
          .toString('base64')
          .match(/.{1,76}/g) ?? []
      ).join('\r\n'),
  };
  const written = [
    ...Object.entries(pems).flatMap(([form, pem]) =>
      Object.entries(spellings).map(([how, spell]) => [`${form} ${how}`, spell(pem)]),
    ),
    ...(['spki', 'pkcs1'] as const).flatMap((type) => [
      [`DER (${type}) as base64`, der(type).toString('base64')],
      [`DER (${type}) as base64 for addresses`, der(type).toString('base64url')],
      [
        `DER (${type}) as base64 in lines`,
        (
          der(type)
            .toString('base64')
            .match(/.{1,64}/g) ?? []
        ).join('\n'),
      ],
    ]),
  ];
  it.each(written)('is taken as %s', (_, text) => {
    expect(readPublicKey(text)).toEqual({ ok: true, pem: SPKI, bits: 2048 });
  });

  const privateForms = (['pkcs1', 'pkcs8'] as const).flatMap((type) => {
    const pem = pair.privateKey.export({ type, format: 'pem' }).toString();
    const bytes = pair.privateKey.export({ type, format: 'der' });
    return [
      ...Object.entries(spellings).map(([how, spell]) => [`${type} ${how}`, spell(pem)]),
      [`${type}, DER as base64`, bytes.toString('base64')],
      [
        `${type} in a public key's place`,
        `-----BEGIN PUBLIC KEY-----${bytes.toString('base64')}-----END PUBLIC KEY-----`,
      ],
    ];
  });
  it.each(privateForms)('is never a private one, however that is written: %s', (_, text) => {
    expect(readPublicKey(text)).toEqual({
      ok: false,
      detail: expect.stringMatching(/private key, which must/),
    });
  });

  it('is kept without what stands around it, and with its own line ends', () => {
    expect(readPublicKey(`subject=till 4\r\n${SPKI.replaceAll('\n', '\r\n')}\r\nbye`)).toMatchObject({
      ok: true,
      pem: SPKI,
    });
  });

  it('may have an exponent of 3, and other sizes than powers of two', () => {
    expect(readPublicKey(rsa(3000, 3))).toMatchObject({ ok: true, bits: 3000 });
  });

  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ecPem = ec.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' });
  it.each([
    ['a private key', PRIVATE, /private key, which must never be sent/],
    ['a private key of PKCS #1', pair.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(), /private key/],
    ['a pair, the public one first', SPKI + PRIVATE, /private key/],
    ['an EC private key', ec.privateKey.export({ type: 'sec1', format: 'pem' }).toString(), /private key/],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----', /certificate/],
    ['an EC key', ecPem, /an RSA key is needed, this one is ec$/],
    ['an RSA key for signatures only', pss.toString(), /this one is rsa-pss$/],
    ['too few bits', rsa(1024), /2048 to 8192 bits are needed, this one has 1024/],
    ['two keys', SPKI + ecPem, /more than one key/],
    ['half a key', SPKI.replace(/\n[^\n]+\n-----END/, '\n-----END'), /cannot be read/],
    ['text', 'hello', /no PEM block/],
    ['nothing', '', /no PEM block/],
    ['base64 of nothing', 'aGVsbG8=', /nor base64 of a public key/],
    ['the key of SSH', 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC7 till', /no PEM block/],
  ])('is refused where it is %s', (_, text, detail) => {
    const read = readPublicKey(text);
    expect(read).toEqual({ ok: false, detail: expect.stringMatching(detail) });
  });

  it('with an exponent of 1 is refused: it would encrypt nothing', () => {
    const { n } = pair.publicKey.export({ format: 'jwk' });
    const open = createPublicKey({ key: { kty: 'RSA', n: n ?? '', e: 'AQ' }, format: 'jwk' });
    const read = readPublicKey(open.export({ type: 'spki', format: 'pem' }).toString());
    expect(read).toEqual({ ok: false, detail: 'its exponent is of no use' });
  });
});

describe('what is encrypted for a distributor', () => {
  const decrypt = (text: string): string =>
    privateDecrypt(
      { key: PRIVATE, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
      Buffer.from(text, 'base64'),
    ).toString();

  it.each([SPKI, PKCS1])('can be read with the private key, and differs each time', (pem) => {
    const code = 'LPA:1$smdp.example$K2-1XKZ';
    const [one, other] = [encryptFor(pem, code), encryptFor(pem, code)];
    expect([decrypt(one), decrypt(other)]).toEqual([code, code]);
    expect(one).not.toBe(other);
  });

  it('may be as long as the smallest key allows, and no longer', () => {
    const longest = 'x'.repeat(LONGEST_SECRET_BYTES);
    expect(decrypt(encryptFor(SPKI, longest))).toBe(longest);
    expect(() => encryptFor(SPKI, `${longest}x`)).toThrow(/too large/);
  });
});
