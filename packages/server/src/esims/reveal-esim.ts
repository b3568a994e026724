import type { TransactionParameters } from '@opentopup/contract';
import type { EsimProfile } from '../connectors/connector.ts';
import type { Context } from '../context.ts';
import { findKey } from './public-key.query.ts';
import { encryptFor } from './public-key.rules.ts';

/** What of a transaction tells which eSIM it sold. */
interface SaleOfEsim {
  id: string;
  distributor_id: string;
  /** The profile, sealed; null where none was sold. */
  esim_sealed: string | null;
}

/** The profile of a sold eSIM, in clear; null for a transaction that sold none. */
export function openProfile(
  ctx: Context,
  { id, esim_sealed }: Pick<SaleOfEsim, 'id' | 'esim_sealed'>,
): EsimProfile | null {
  if (esim_sealed === null) return null;
  if (!ctx.seal) throw new Error('an eSIM was sold, but SEALING_KEY is not set');
  return JSON.parse(ctx.seal.open(esim_sealed, id)) as EsimProfile;
}

/** The numbers of a sold eSIM: what a list may show. Neither installs nor unlocks it. */
export function esimNumbers(ctx: Context, transaction: SaleOfEsim): TransactionParameters {
  const profile = openProfile(ctx, transaction);
  if (!profile) return {};
  const { prefix, msisdn, iccid, nsce, imsi } = profile;
  return { prefix, msisdn, iccid, nsce, imsi };
}

/** All of a sold eSIM, for its buyer: the activation code under the key that the distributor has now. */
export async function revealEsim(ctx: Context, transaction: SaleOfEsim): Promise<TransactionParameters> {
  const profile = openProfile(ctx, transaction);
  if (!profile) return {};
  const pem = await findKey(ctx.store.db, transaction.distributor_id);
  if (pem === null) throw new Error('an eSIM was sold to a distributor without a key');
  return { ...profile, activation_code: encryptFor(pem, profile.activation_code) };
}
