import { constants, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { Absence, answered, type Check, holds, oneOfAnswer, refusedWith, same, there } from '../check.ts';
import type { Workbench } from '../workbench.ts';

const READ = 'getDistributorKey';
const SET = 'setDistributorKey';
const PATH = '/distributors/keys';

/** The pair of this run; its private half is nowhere else. */
function pairOf(bench: Workbench) {
  const known = pairs.get(bench);
  if (known) return known;
  const pair = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  pairs.set(bench, pair);
  return pair;
}
const pairs = new WeakMap<Workbench, { publicKey: string; privateKey: string }>();

/** Gives a key as it is, however its lines are broken. */
const unbroken = (text: unknown): string => String(text).replaceAll(/\s/g, '');

const WRONG: readonly (readonly [Check['rule'], number, unknown])[] = [
  ['no_key', 24, { key_type: 'rsa256', public_key_value: 'none' }],
  ['other_kind', 24, { key_type: 'ed25519', public_key_value: 'none' }],
  ['no_kind', 23, { public_key_value: 'none' }],
];

/** The key by which eSIMs are encrypted, and one that is. */
export const KEY_CHECKS: readonly Check[] = [
  {
    operation: READ,
    rule: 'key_or_none',
    severity: 'major',
    run: async ({ guest }) => {
      const seen = await guest.get(PATH);
      if (seen.status === 404) refusedWith(seen, 404, 60);
      else answered(READ, seen);
    },
  },
  ...WRONG.map(
    ([rule, code, body]): Check => ({
      operation: SET,
      rule,
      severity: 'major',
      needs: 'replace_key',
      run: async ({ guest }) => refusedWith(await guest.send('POST', PATH, { body }), 400, code),
    }),
  ),
  {
    operation: SET,
    rule: 'key_kept',
    severity: 'critical',
    needs: 'replace_key',
    run: async (bench) => {
      const { publicKey } = pairOf(bench);
      const body = { key_type: 'rsa256', public_key_value: publicKey };
      answered(SET, await bench.guest.send('POST', PATH, { body }), 201);
      const kept = oneOfAnswer(answered(READ, await bench.guest.get(PATH)));
      same('/public_key_value', unbroken(publicKey), unbroken(kept.public_key_value));
    },
  },
  {
    operation: SET,
    rule: 'key_in_base64',
    severity: 'major',
    needs: 'replace_key',
    run: async (bench) => {
      const { publicKey } = pairOf(bench);
      const body = { key_type: 'rsa256', public_key_value: Buffer.from(publicKey).toString('base64') };
      answered(SET, await bench.guest.send('POST', `${PATH}?encoding=base64`, { body }), 201);
      const kept = oneOfAnswer(answered(READ, await bench.guest.get(`${PATH}?encoding=base64`)));
      const text = Buffer.from(String(kept.public_key_value), 'base64').toString();
      same('/public_key_value', unbroken(publicKey), unbroken(text));
    },
  },
  {
    operation: 'createTransaction',
    rule: 'esim_decrypts',
    severity: 'critical',
    needs: 'replace_key',
    run: async (bench) => {
      const offers = await bench.offers();
      const offer = there(
        offers.find(({ product, bucket }) => product.type === 'eSim' && bucket > 0),
        'esim_offer',
      );
      const { status, parameters } = answered('createTransaction', await bench.order({ offer_id: offer.id }), 201);
      if (status !== 'ok') throw new Absence('certain_sale');
      holds(
        isDecrypted(pairOf(bench).privateKey, parameters?.activation_code),
        '/parameters/activation_code',
        'RSA-OAEP, SHA-256',
        '…',
      );
    },
  },
];

function isDecrypted(key: string, code: unknown): boolean {
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  try {
    const text = privateDecrypt({ key, padding, oaepHash: 'sha256' }, Buffer.from(String(code), 'base64')).toString();
    return text.length > 0;
  } catch {
    return false;
  }
}
