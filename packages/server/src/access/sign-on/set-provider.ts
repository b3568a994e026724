import { randomInt } from 'node:crypto';
import { type Refusal, refuse, type SignOnChange } from '@opentopup/contract';
import { noteChange } from '../../audit/audit.store.ts';
import type { Context } from '../../context.ts';
import type { Query } from '../../database/database.ts';
import { newId } from '../../database/ids.ts';
import { lockDistributor } from '../../distributors/distributors.store.ts';
import { roleFault } from '../accounts/accounts.ts';
import { findProvider, hasAdminAt, type ProviderRow } from './providers.query.ts';
import { deleteProvider, lockProviders, saveProvider } from './providers.store.ts';

/** Letters of codes: none that is taken for another. */
const LETTERS = '23456789abcdefghjkmnpqrstuvwxyz';
const CODE_LENGTH = 10;
const newCode = (): string => Array.from({ length: CODE_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');

const SCOPE = 'openid email';

export const sealedSecretOf = (provider_id: string): string => `sign-on ${provider_id}`;

/** Gives a provider for the audit trail: without its secret. */
const noted = ({ issuer, client_id, scope, role_claim, roles, is_only }: ProviderRow): object => ({
  issuer,
  client_id,
  scope,
  role_claim,
  roles,
  only: is_only,
});

/** Says what is wrong with a provider, as far as it tells by itself. */
function faultOf(ctx: Context, change: SignOnChange, distributor_id: string | null): Refusal | null {
  const fault = ctx.addressRules.faultOf(change.issuer);
  if (fault) return refuse('invalid_body_field', { field: 'issuer', detail: fault });
  if (change.scope !== undefined && !change.scope.split(' ').includes('openid')) {
    return refuse('invalid_body_field', { field: 'scope', detail: 'openid is needed' });
  }
  return change.roles.map(({ role }) => roleFault(role, distributor_id)).find((each) => each !== null) ?? null;
}

/**
 * Sets the provider at which the people of a business sign in, in place of the one before. That it is the only way in is taken
 * once an administrator has come through it: whoever has mistyped something can then still come in and mend it.
 * @param distributor_id null: of the operator
 */
export async function setProvider(
  ctx: Context,
  distributor_id: string | null,
  change: SignOnChange,
  actor: string,
): Promise<ProviderRow | Refusal> {
  const { seal } = ctx;
  if (!seal) return refuse('not_configured', { detail: 'SEALING_KEY' });
  const fault = faultOf(ctx, change, distributor_id);
  if (fault) return fault;
  return ctx.store.db.transaction(async (tx) => {
    const before = await lockProviderOf(tx, distributor_id);
    if (before && 'reason' in before) return before;
    const {
      issuer,
      client_id,
      client_secret: secret,
      role_claim,
      roles,
      scope = SCOPE,
      only: is_only = false,
    } = change;
    const isSame = before?.issuer === issuer && before.client_id === client_id;
    if (secret === undefined && !isSame) return refuse('missing_body_field', { field: 'client_secret' });
    if (is_only && !(await hasAdminAt(tx, distributor_id, issuer))) return refuse('sign_on_unproven');
    const at = ctx.now();
    const id = before?.id ?? newId();
    const after: ProviderRow = {
      id,
      distributor_id,
      code: before?.code ?? newCode(),
      issuer,
      client_id,
      client_secret_sealed:
        secret === undefined ? (before?.client_secret_sealed ?? '') : seal.close(secret, sealedSecretOf(id)),
      scope,
      role_claim,
      roles,
      is_only,
      changed_at: at,
      distributor_status: before?.distributor_status ?? null,
    };
    await saveProvider(tx, after);
    const details = {
      ...(before && { before: noted(before) }),
      after: { ...noted(after), ...(secret !== undefined && { client_secret: 'changed' }) },
    };
    await noteChange(tx, { at, actor, action: 'sign_on.changed', subject: id, distributor_id, details });
    return after;
  });
}

/**
 * Removes the provider of a business.
 * @param distributor_id null: of the operator
 */
export function removeProvider(
  ctx: Context,
  distributor_id: string | null,
  actor: string,
): Promise<{ status: 'removed' } | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    const before = await lockProviderOf(tx, distributor_id);
    if (!before) return refuse('not_found', { detail: 'no sign-in provider is set' });
    if ('reason' in before) return before;
    await deleteProvider(tx, before.id);
    const details = { before: noted(before) };
    await noteChange(tx, {
      at: ctx.now(),
      actor,
      action: 'sign_on.removed',
      subject: before.id,
      distributor_id,
      details,
    });
    return { status: 'removed' };
  });
}

/** Keeps the provider of a business from everybody else until the transaction ends; null where there is none. */
async function lockProviderOf(tx: Query, distributor_id: string | null): Promise<ProviderRow | Refusal | null> {
  if (distributor_id !== null && !(await lockDistributor(tx, distributor_id))) {
    return refuse('not_found', { detail: `distributor ${distributor_id} not found` });
  }
  await lockProviders(tx);
  return findProvider(tx, distributor_id);
}
