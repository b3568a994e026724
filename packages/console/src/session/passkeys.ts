import type { Passkey, SignedIn } from '@opentopup/contract';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import { server } from '../server.ts';

/** Says that the browser has used no passkey: somebody has closed its question, waited too long, or it cannot. */
export class NoPasskey extends Error {
  override readonly name = 'NoPasskey';
}

/** Tells whether the browser knows passkeys. They need a safe connection. */
export const knowsPasskeys = (): boolean => 'PublicKeyCredential' in globalThis;

/** Asks the browser; what it says is for programmers. */
const asked = async <T>(asking: Promise<T>): Promise<T> => {
  try {
    return await asking;
  } catch (cause) {
    throw new NoPasskey('the browser has used no passkey', { cause });
  }
};

/** Signs in with a passkey that the browser lets somebody choose. */
export async function enterByPasskey(): Promise<SignedIn> {
  const { options } = await server.account.call('beginPasskeySignIn');
  const { startAuthentication } = await import('@simplewebauthn/browser');
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON;
  const response = { ...(await asked(startAuthentication({ optionsJSON }))) };
  return server.account.call('signInWithPasskey', { body: { response } });
}

/** Makes a passkey for whoever is signed in. @param password where the account has one */
export async function makePasskey(name: string, password: string): Promise<Passkey> {
  const { options } = await server.account.call('beginPasskey', { body: password ? { password } : {} });
  const { startRegistration } = await import('@simplewebauthn/browser');
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
  const response = { ...(await asked(startRegistration({ optionsJSON }))) };
  return server.account.call('addPasskey', { body: { name, response } });
}
