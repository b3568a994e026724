import { constants, createPrivateKey, generateKeyPairSync, publicEncrypt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { decryptActivationCode, generateKeyPair, lpaString, qrSvg, qrTerminal } from './index.ts';

const CODE = 'LPA:1$smdp.example$K2-1XKZ';
const encrypt = (key: string, text: string): string => {
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  return publicEncrypt({ key, padding, oaepHash: 'sha256' }, Buffer.from(text)).toString('base64');
};

describe('a key pair', () => {
  it('is of 2048 bits, in the forms that others read', async () => {
    const { publicKey, privateKey } = await generateKeyPair();
    expect(publicKey).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
    expect(createPrivateKey(privateKey).asymmetricKeyDetails).toMatchObject({ modulusLength: 2048 });
    await expect(decryptActivationCode(encrypt(publicKey, CODE), privateKey)).resolves.toBe(CODE);
  });

  it('made by others works too, but for forms that are not read here, which is said', async () => {
    const pair = generateKeyPairSync('rsa', { modulusLength: 3072 });
    const publicKey = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const pkcs8 = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const pkcs1 = pair.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
    const code = encrypt(publicKey, CODE);
    for (const lineEnd of ['\n', '\r\n', '', ' ', '\\n', '\\\\n', '\\r\\n']) {
      await expect(decryptActivationCode(code, pkcs8.replaceAll('\n', lineEnd))).resolves.toBe(CODE);
    }
    await expect(decryptActivationCode(code, pkcs1)).rejects.toThrow(/openssl pkcs8/);
    await expect(decryptActivationCode(code, publicKey)).rejects.toThrow(/private key/);
    await expect(decryptActivationCode('not base64', pkcs8)).rejects.toMatchObject({ sale: 'did_happen' });
  });
});

describe('the text that installs an eSIM', () => {
  it.each([
    [{ activation_code: ` ${CODE}\n` }, CODE],
    [{ activation_code: '1$smdp.example$K2-1XKZ' }, CODE],
    [{ smdp_url: 'https://smdp.example/', matching_id: 'K2-1XKZ' }, CODE],
    [{ activation_code: 'K2-1XKZ', smdp_url: 'smdp.example' }, CODE],
  ])('of %j is one', (profile, expected) => {
    expect(lpaString(profile)).toBe(expected);
  });

  it('is not made up', () => {
    expect(() => lpaString({ matching_id: 'K2-1XKZ' })).toThrow(TypeError);
    expect(() => lpaString({})).toThrow(TypeError);
  });

  it('is drawn as a QR code, for a page and for a terminal', async () => {
    const svg = await qrSvg(CODE);
    expect(svg).toMatch(/^<svg [^>]*viewBox="0 0 (\d+)/);
    expect(svg).not.toBe(await qrSvg(`${CODE}$1`));
    const lines = (await qrTerminal(CODE)).split('\n');
    expect(lines.length).toBeGreaterThan(10);
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
  });
});
