import {
  type CredentialChange,
  type CredentialCreation,
  type CredentialRotation,
  DEFAULT_OVERLAP_S,
  DEFAULT_REQUESTS_PER_MINUTE,
  type Refusal,
  refuse,
} from '@opentopup/contract';
import { noteChange } from '../../audit/audit.store.ts';
import type { Context } from '../../context.ts';
import type { Query } from '../../database/database.ts';
import { findDistributorDetail } from '../../distributors/distributors.query.ts';
import { difference } from '../../values/difference.ts';
import { newClientId, newClientSecret, secretDigest } from './client-secret.ts';
import type { CredentialRow } from './credentials.query.ts';
import { addCredentials, lockClients, lockCredential, replaceSecret, updateCredential } from './credentials.store.ts';

/** A credential and its secret, which is told only once. */
export interface CredentialWithSecret {
  credential: CredentialRow;
  client_secret: string;
}

/** Returns true for a client of one of these distributors; null: of any. */
const isOf = ({ distributor_id }: CredentialRow, owners: readonly string[] | null): boolean =>
  owners === null || owners.includes(distributor_id);

/** How many clients that count a distributor may have made itself; the operator may give it more. */
const MOST_OWN = 20;

/** Makes a client of a distributor, as the operator wants it. */
export const createCredential = (
  ctx: Context,
  distributor_id: string,
  { name, requests_per_minute = DEFAULT_REQUESTS_PER_MINUTE }: CredentialCreation,
  actor: string,
): Promise<CredentialWithSecret | Refusal> =>
  ctx.store.db.transaction((tx) => addClient(ctx, tx, distributor_id, { name, requests_per_minute }, actor));

/**
 * Makes a client of a distributor for itself. It may not do more than whoever makes it, nor than the clients that the
 * operator has given the distributor.
 * @param owners the distributor and, for its people, its sandbox or that of which it is the sandbox
 * @param most how many requests in a minute a client may make that makes it; for people, those of the distributor's clients
 */
export const createOwnCredential = (
  ctx: Context,
  distributor_id: string,
  wanted: WantedClient,
  actor: string,
): Promise<CredentialWithSecret | Refusal> =>
  ctx.store.db.transaction((tx) => addOwnClient(ctx, tx, distributor_id, wanted, actor));

/** A client that a distributor makes for itself. */
interface WantedClient {
  name: string;
  owners: readonly string[];
  most: number;
  /** What its id begins with; the distributor's name unless told. */
  called?: string;
}

/** Does what `createOwnCredential` says, in a transaction. */
export async function addOwnClient(
  ctx: Context,
  tx: Query,
  distributor_id: string,
  { owners, most, ...named }: WantedClient,
  actor: string,
): Promise<CredentialWithSecret | Refusal> {
  const { count, given } = await lockClients(tx, distributor_id, owners);
  if (count >= MOST_OWN) return refuse('too_many_clients', { detail: String(MOST_OWN) });
  const requests_per_minute = Math.min(given ?? DEFAULT_REQUESTS_PER_MINUTE, most);
  return addClient(ctx, tx, distributor_id, { ...named, requests_per_minute }, actor);
}

async function addClient(
  ctx: Context,
  tx: Query,
  distributor_id: string,
  { name, requests_per_minute, called }: Required<CredentialCreation> & { called?: string },
  actor: string,
): Promise<CredentialWithSecret | Refusal> {
  const distributor = await findDistributorDetail(tx, distributor_id);
  if (!distributor) return refuse('not_found', { detail: `distributor ${distributor_id} not found` });
  const client_id = newClientId(called ?? distributor.name);
  const client_secret = newClientSecret();
  const secret_sha256 = secretDigest(client_secret);
  await addCredentials(tx, { client_id, distributor_id, name, secret_sha256, requests_per_minute });
  await noteChange(tx, {
    at: ctx.now(),
    actor,
    action: 'credential.created',
    subject: client_id,
    distributor_id,
    details: { after: { name, requests_per_minute } },
  });
  return { credential: (await lockCredential(tx, client_id)) as CredentialRow, client_secret };
}

/** Changes a client's name, or its rate limit: that one counts from the client's next token on. */
export function changeCredential(
  ctx: Context,
  client_id: string,
  change: CredentialChange,
  actor: string,
): Promise<CredentialRow | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    const before = await lockCredential(tx, client_id);
    if (!before) return refuse('not_found', { detail: `client ${client_id} not found` });
    const details = difference(before, change);
    const after = { ...before, ...change };
    if (details) {
      await updateCredential(tx, after);
      const subject = { subject: client_id, distributor_id: before.distributor_id };
      await noteChange(tx, { at: ctx.now(), actor, action: 'credential.changed', ...subject, details });
    }
    return after;
  });
}

/**
 * Gives a client a new secret. The one it had works on for a while; one from before that ends.
 * @param owners the distributors of one of which it must be; null: anybody's
 */
export function rotateCredential(
  ctx: Context,
  client_id: string,
  { overlap_s = DEFAULT_OVERLAP_S }: CredentialRotation,
  owners: readonly string[] | null,
  actor: string,
): Promise<CredentialWithSecret | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    const before = await lockCredential(tx, client_id);
    if (!before || !isOf(before, owners)) return refuse('not_found', { detail: `client ${client_id} not found` });
    if (before.revoked_at) return refuse('not_found', { detail: `client ${client_id} was revoked` });
    const at = ctx.now();
    const old_secret_until = overlap_s === 0 ? null : new Date(at.getTime() + overlap_s * 1_000);
    const client_secret = newClientSecret();
    await replaceSecret(tx, client_id, secretDigest(client_secret), at, old_secret_until);
    await noteChange(tx, {
      at,
      actor,
      action: 'credential.rotated',
      subject: client_id,
      distributor_id: before.distributor_id,
      details: { after: { old_secret_expiration_date: old_secret_until } },
    });
    return { credential: { ...before, rotated_at: at, old_secret_until }, client_secret };
  });
}

/**
 * Closes a client for good: it gets no more tokens, and those it has end within seconds.
 * @param owners the distributors of one of which it must be; null: anybody's
 */
export function revokeCredential(
  ctx: Context,
  client_id: string,
  owners: readonly string[] | null,
  actor: string,
): Promise<CredentialRow | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    const before = await lockCredential(tx, client_id);
    if (!before || !isOf(before, owners)) return refuse('not_found', { detail: `client ${client_id} not found` });
    if (before.revoked_at) return before;
    const after = { ...before, revoked_at: ctx.now() };
    await updateCredential(tx, after);
    await noteChange(tx, {
      at: after.revoked_at,
      actor,
      action: 'credential.revoked',
      subject: client_id,
      distributor_id: before.distributor_id,
      details: { after: { revocation_date: after.revoked_at } },
    });
    return after;
  });
}
