import { type CredentialCreation, DEFAULT_REQUESTS_PER_MINUTE, type Refusal, refuse } from '@opentopup/contract';
import { noteChange } from '../store/audit.ts';
import { addCredentials, lockCredential } from '../store/credentials.ts';
import type { CredentialRow } from '../store/queries/operator/credentials.ts';
import { findDistributorDetail } from '../store/queries/operator/distributors.ts';
import { newClientId, newClientSecret, secretDigest } from './client-secret.ts';
import type { Flow } from './flow.ts';

/** A credential and its secret, which is told this once. */
export interface CredentialWithSecret {
  credential: CredentialRow;
  client_secret: string;
}

/** True for a client of one of these distributors; null: of any. */
export const isOf = ({ distributor_id }: CredentialRow, owners: readonly string[] | null): boolean =>
  owners === null || owners.includes(distributor_id);

/** Makes a client of a distributor. */
export function createCredential(
  flow: Flow,
  distributor_id: string,
  { name, requests_per_minute = DEFAULT_REQUESTS_PER_MINUTE }: CredentialCreation,
  actor: string,
): Promise<CredentialWithSecret | Refusal> {
  return flow.store.db.transaction(async (tx) => {
    const distributor = await findDistributorDetail(tx, distributor_id);
    if (!distributor) return refuse('not_found', { detail: `distributor ${distributor_id} not found` });
    const client_id = newClientId(distributor.name);
    const client_secret = newClientSecret();
    const secret_sha256 = secretDigest(client_secret);
    await addCredentials(tx, { client_id, distributor_id, name, secret_sha256, requests_per_minute });
    await noteChange(tx, {
      at: flow.now(),
      actor,
      action: 'credential.created',
      subject: client_id,
      distributor_id,
      details: { after: { name, requests_per_minute } },
    });
    return { credential: (await lockCredential(tx, client_id)) as CredentialRow, client_secret };
  });
}
