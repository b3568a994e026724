import { randomBytes } from 'node:crypto';
import { type Refusal, refuse } from '@opentopup/contract';
import { Secret, TOTP } from 'otpauth';
import type { Context } from '../../context.ts';
import type { Query } from '../../database/database.ts';
import { secretDigest } from '../credentials/client-secret.ts';
import { takeRecoveryCode, takeStep } from './second-factor.store.ts';

const ISSUER = 'OpenTopup';
const SECRET_BYTES = 20;
/** A code counts one time step longer and earlier than it is shown: clocks differ. */
const STEPS_AROUND = 1;

const RECOVERY_CODES = 10;
const RECOVERY_BYTES = 10;

const totp = (secret: Secret, label: string): TOTP => new TOTP({ issuer: ISSUER, label, secret });

const sealedFor = (account_id: string): string => `second factor ${account_id}`;
const notSealed = (): Refusal => refuse('not_configured', { detail: 'SEALING_KEY' });

/** Makes a secret for an authenticator app, as it is shown and as it is kept. */
export function newFactor(
  { seal }: Context,
  account: { id: string; email: string },
): { secret: string; uri: string; sealed: string } | Refusal {
  if (!seal) return notSealed();
  const secret = new Secret({ size: SECRET_BYTES });
  const { base32 } = secret;
  return {
    secret: base32,
    uri: totp(secret, account.email).toString(),
    sealed: seal.close(base32, sealedFor(account.id)),
  };
}

/**
 * Takes a code of a second factor (RFC 6238): each counts once, and none that is older than one taken before.
 * @param sealed the factor's secret, as it is kept
 */
export async function takeTotpCode(
  { seal, now }: Context,
  on: Query,
  account_id: string,
  sealed: string,
  code: string,
): Promise<boolean | Refusal> {
  if (!seal) return notSealed();
  const factor = totp(Secret.fromBase32(seal.open(sealed, sealedFor(account_id))), '');
  const timestamp = now().getTime();
  const away = factor.validate({ token: code.replaceAll(' ', ''), timestamp, window: STEPS_AROUND });
  return away !== null && takeStep(on, account_id, factor.counter({ timestamp }) + away);
}

/** Makes new codes for the day when the authenticator is lost: 80 random bits each. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: RECOVERY_CODES }, () => {
    const { base32 } = new Secret({ buffer: Uint8Array.from(randomBytes(RECOVERY_BYTES)).buffer });
    return (base32.toLowerCase().match(/.{4}/g) ?? []).join('-');
  });

/** Returns the digest under which a recovery code is kept, however it was typed. */
export const recoveryDigest = (code: string): string => secretDigest(code.toLowerCase().replaceAll(/[^a-z0-9]/g, ''));

/** Takes a code of the second factor, or a recovery code in its place. */
export const takeCode = (
  ctx: Context,
  on: Query,
  { id, factor_sealed }: { id: string; factor_sealed: string },
  code: string,
): Promise<boolean | Refusal> =>
  /^[\d ]+$/.test(code)
    ? takeTotpCode(ctx, on, id, factor_sealed, code)
    : takeRecoveryCode(on, id, recoveryDigest(code));
