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
