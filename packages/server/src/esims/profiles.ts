import type { TransactionParameters } from '@opentopup/contract';
import { readSerial } from '@opentopup/contract/lines/read-serial';
import type { Outcome } from '../connectors/connector.ts';
import type { EsimProfile } from '../connectors/esim-profile.ts';
import type { Context } from '../context.ts';
import { dateOf } from '../database/ids.ts';
import type { Seal } from '../secrets/seal.ts';
import type { TransactionKey } from '../values/transaction-key.ts';
import { findEsimProduct, keepEsim } from './esims.store.ts';
import { identificationRule } from './identification.rules.ts';
import { findPublicKey } from './public-key.query.ts';
import { encryptFor, LONGEST_SECRET_BYTES } from './public-key.rules.ts';

/** Digests the serials by which an eSIM can be asked for: its ICCID and its NSCE, as they are read in a question. */
export const serialDigests = (seal: Seal, { iccid, nsce }: Pick<EsimProfile, 'iccid' | 'nsce'>): string[] =>
  [iccid, nsce].flatMap((written) => {
    const sim = readSerial(written, 'off');
    return sim.ok ? [seal.digest(sim.serial)] : [];
  });

/**
 * Keeps the profile of a delivered eSIM, sealed, before its transaction is settled: a crash in between loses nothing.
 * Does nothing where there is no profile, none that its buyer could be given, no key to seal it, or no eSIM was ordered.
 */
export async function keepProfile(
  ctx: Context,
  key: TransactionKey,
  { esim, supplier_reference, cost }: Extract<Outcome, { outcome: 'ok' }>,
  productId: string | null,
): Promise<void> {
  if (!esim?.activation_code || Buffer.byteLength(esim.activation_code) > LONGEST_SECRET_BYTES || !ctx.seal) return;
  const { db } = ctx.store;
  const metadata = await findEsimProduct(db, key, productId);
  if (!metadata) return;
  const { level, url, deadline } = identificationRule(metadata, await soldBySandboxClock(ctx, key));
  await keepEsim(db, {
    ...key,
    sealed: ctx.seal.close(JSON.stringify(esim), key.transaction_id),
    serials: serialDigests(ctx.seal, esim),
    supplier_reference: supplier_reference ?? null,
    cost: cost?.amount ?? null,
    cost_currency: cost?.currency ?? null,
    kyc_level: level,
    kyc_url: url,
    kyc_deadline: deadline,
    at: ctx.now(),
  });
}

/** Tells when an eSIM was sold, by the clock of its distributor: by that, its user has to be identified. */
async function soldBySandboxClock(ctx: Context, { distributor_id, transaction_id }: TransactionKey): Promise<Date> {
  const ahead_s = (await ctx.store.catalogue.distributor(distributor_id))?.clock_ahead_s ?? 0;
  return new Date(dateOf(transaction_id).getTime() + ahead_s * 1_000);
}

/** What of a transaction tells which eSIM it sold. */
interface SaleOfEsim {
  id: string;
  distributor_id: string;
  /** The profile, sealed; null where none was sold. */
  esim_sealed: string | null;
}

/** Opens the profile of a sold eSIM, in clear; null for a transaction that sold none. */
export function openProfile(
  ctx: Context,
  { id, esim_sealed }: Pick<SaleOfEsim, 'id' | 'esim_sealed'>,
): EsimProfile | null {
  if (esim_sealed === null) return null;
  if (!ctx.seal) throw new Error('an eSIM was sold, but SEALING_KEY is not set');
  return JSON.parse(ctx.seal.open(esim_sealed, id)) as EsimProfile;
}

/** Returns the numbers of a sold eSIM: what a list may show. They neither install nor unlock it. */
export function esimNumbers(ctx: Context, transaction: SaleOfEsim): TransactionParameters {
  const profile = openProfile(ctx, transaction);
  if (!profile) return {};
  const { prefix, msisdn, iccid, nsce, imsi } = profile;
  return { prefix, msisdn, iccid, nsce, imsi };
}

/**
 * Returns all of a sold eSIM, for its buyer: the activation code under the key that the distributor has now, if it has one.
 * @param isOnPage for somebody who is signed in: the matching id installs it as the activation code does, so there it is shown
 * only where that is noted (`showEsim`)
 */
export async function revealEsim(
  ctx: Context,
  transaction: SaleOfEsim,
  isOnPage: boolean,
): Promise<TransactionParameters> {
  const profile = openProfile(ctx, transaction);
  if (!profile) return {};
  const { activation_code, matching_id, ...rest } = profile;
  const pem = await findPublicKey(ctx.store.db, transaction.distributor_id);
  return {
    ...rest,
    ...(!isOnPage && { matching_id }),
    ...(pem !== null && { activation_code: encryptFor(pem, activation_code) }),
  };
}
