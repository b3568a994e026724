import { type CredentialCreation, DEFAULT_REQUESTS_PER_MINUTE, type Refusal, refuse } from '@opentopup/contract';
import { noteChange } from '../../audit/audit.store.ts';
import type { Context } from '../../context.ts';
import type { Query } from '../../database/database.ts';
import { findDistributorDetail } from '../../distributors/distributor-details.query.ts';
import { newClientId, newClientSecret, secretDigest } from './client-secret.ts';
import type { CredentialRow } from './credentials.query.ts';
import { addCredentials, lockClients, lockCredential } from './credentials.store.ts';

/** A credential and its secret, which is told this once. */
export interface CredentialWithSecret {
  credential: CredentialRow;
  client_secret: string;
}

/** True for a client of one of these distributors; null: of any. */
export const isOf = ({ distributor_id }: CredentialRow, owners: readonly string[] | null): boolean =>
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
  { name, owners, most }: { name: string; owners: readonly string[]; most: number },
  actor: string,
): Promise<CredentialWithSecret | Refusal> =>
  ctx.store.db.transaction(async (tx) => {
    const { count, given } = await lockClients(tx, distributor_id, owners);
    if (count >= MOST_OWN) return refuse('too_many_clients', { detail: String(MOST_OWN) });
    const requests_per_minute = Math.min(given ?? DEFAULT_REQUESTS_PER_MINUTE, most);
    return addClient(ctx, tx, distributor_id, { name, requests_per_minute }, actor);
  });

async function addClient(
  ctx: Context,
  tx: Query,
  distributor_id: string,
  { name, requests_per_minute }: Required<CredentialCreation>,
  actor: string,
): Promise<CredentialWithSecret | Refusal> {
  const distributor = await findDistributorDetail(tx, distributor_id);
  if (!distributor) return refuse('not_found', { detail: `distributor ${distributor_id} not found` });
  const client_id = newClientId(distributor.name);
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
