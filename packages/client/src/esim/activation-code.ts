import { TravelB2BError } from '../errors.ts';
import { ALGORITHM, bytesOf, type CryptoKey, readPrivateKey } from './keys.ts';

/** The eSIM was sold, but its activation code cannot be decrypted: it is for another key, or damaged. */
export class ActivationCodeError extends TravelB2BError {
  override readonly name = 'ActivationCodeError';

  constructor(message: string, cause?: unknown) {
    super(message, false, cause);
    this.sale = 'did_happen';
  }
}

/**
 * Decrypts the `activation_code` of a sold eSIM: RSA-OAEP with SHA-256.
 * @param activationCode `transaction.parameters.activation_code`, base64
 * @param privateKey PEM (PKCS #8), or a key imported before
 * @returns what installs the eSIM; see `lpaString`
 * @throws ActivationCodeError
 */
export async function decryptActivationCode(activationCode: string, privateKey: string | CryptoKey): Promise<string> {
  try {
    const key = typeof privateKey === 'string' ? await readPrivateKey(privateKey) : privateKey;
    const clear = await crypto.subtle.decrypt(ALGORITHM, key, bytesOf(activationCode));
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(clear);
  } catch (error) {
    const why = error instanceof TypeError ? `: ${error.message}` : '';
    throw new ActivationCodeError(`the activation code cannot be decrypted with this key${why}`, error);
  }
}

/** What a sold eSIM may tell of how it is installed. */
export interface EsimInstallation {
  /** Decrypted. */
  activation_code?: string;
  smdp_url?: string;
  matching_id?: string;
}

/**
 * Gives the text that a phone reads from the QR code, `LPA:1$server$matching-id` (GSMA SGP.22, 4.1); from the decrypted
 * activation code, or from the server and the matching id.
 * @throws TypeError where neither is there
 */
export function lpaString({ activation_code, smdp_url, matching_id }: EsimInstallation): string {
  const code = activation_code?.trim();
  if (code) {
    if (/^LPA:1\$/i.test(code)) return code;
    if (code.startsWith('1$')) return `LPA:${code}`;
  }
  const matching = code || matching_id;
  if (!smdp_url || !matching) throw new TypeError('an eSIM is installed with a server and a matching id');
  return `LPA:1$${smdp_url.replace(/^https?:\/\//, '').replace(/\/+$/, '')}$${matching}`;
}
