import { type Refusal, refuse, type SupplierChange, type SupplierCreation } from '@opentopup/contract';
import { noteChange } from '../../audit/audit.store.ts';
import type { Connectors } from '../../connectors/registry.ts';
import type { Context } from '../../context.ts';
import { newId } from '../../database/ids.ts';
import { difference } from '../../values/difference.ts';
import { type Fault, faultIn } from '../../values/schema-fault.ts';
import { alertOfBalance, judgeBalance } from './read-balance.ts';
import { sealSecrets } from './supplier-access.ts';
import type { CrossedBalance } from './supplier-balance.store.ts';
import { findSupplierDetail, type SupplierDetail } from './suppliers.query.ts';
import {
  addSupplier,
  DEFAULT_CATALOGUE_RULE,
  DEFAULT_MAX_CONCURRENT,
  lockSupplier,
  updateSupplier,
} from './suppliers.store.ts';

/** Adds a supplier, without products. */
export async function createSupplier(
  ctx: Context,
  creation: SupplierCreation,
  actor: string,
): Promise<SupplierDetail | Refusal> {
  const { name, country, status = 'approved', connector = null, settings = {}, secrets = {} } = creation;
  const {
    deadline_ms = null,
    max_concurrent = DEFAULT_MAX_CONCURRENT,
    on_catalogue_change = DEFAULT_CATALOGUE_RULE,
    sim_check_digit = 'refuse',
    balance_threshold = null,
  } = creation;
  const id = creation.id?.toLowerCase() ?? newId();
  const secret_names = Object.keys(secrets).toSorted();
  const refusal = checkConnectorUse(ctx.connectors, { connector, settings, secret_names });
  if (refusal) return refusal;
  const sealing = sealSecrets(ctx, id, secrets);
  if ('reason' in sealing) return sealing;

  return ctx.store.db.transaction(async (tx) => {
    const limits = { deadline_ms, max_concurrent, on_catalogue_change, sim_check_digit, balance_threshold };
    const supplier = { name, country, status, connector, settings, ...limits };
    if (!(await addSupplier(tx, { ...supplier, id, secrets: sealing.sealed })))
      return refuse('id_taken', { field: 'id' });
    await noteChange(tx, {
      at: ctx.now(),
      actor,
      action: 'supplier.created',
      subject: id,
      details: { after: { ...supplier, secrets: secret_names } },
    });
    return (await findSupplierDetail(tx, id)) as SupplierDetail;
  });
}

/** Changes a supplier, or what its connector is told. Sales that begin from now on are made so. */
export async function changeSupplier(
  ctx: Context,
  id: string,
  { secrets, ...change }: SupplierChange,
  actor: string,
): Promise<SupplierDetail | Refusal> {
  let crossed: CrossedBalance | null = null;
  const changed = await ctx.store.db.transaction(async (tx) => {
    const before = await lockSupplier(tx, id);
    if (!before) return refuse('not_found', { detail: `supplier ${id} not found` });
    const secret_names = secrets ? Object.keys(secrets).toSorted() : before.secret_names;
    const after = { ...before, ...change, secret_names };
    if (secrets || 'connector' in change || 'settings' in change) {
      const refusal = checkConnectorUse(ctx.connectors, after);
      if (refusal) return refusal;
    }
    const sealing = secrets && sealSecrets(ctx, id, secrets);
    if (sealing && 'reason' in sealing) return sealing;

    const fields = difference(before, change);
    if (!fields && !sealing) return before;
    await updateSupplier(tx, after, sealing?.sealed ?? null, ctx.now());
    if (fields?.after && 'balance_threshold' in fields.after) crossed = await judgeBalance(tx, id, ctx.now());
    await noteChange(tx, {
      at: ctx.now(),
      actor,
      action: 'supplier.changed',
      subject: id,
      details: {
        before: { ...fields?.before, ...(sealing && { secrets: before.secret_names }) },
        after: { ...fields?.after, ...(sealing && { secrets: secret_names }) },
      },
    });
    return (await findSupplierDetail(tx, id)) as SupplierDetail;
  });
  alertOfBalance(ctx, id, crossed);
  return changed;
}

/** Refuses settings for what is wrong with them. */
export function settingsRefusal({ kind, field: inner, message }: Fault): Refusal {
  const field = ['settings', ...(inner ? [inner] : [])].join('.');
  return kind === 'missing'
    ? refuse('missing_body_field', { field })
    : refuse('invalid_body_field', { field, detail: message });
}

/** What a supplier's connector is to be told. */
interface ConnectorUse {
  connector: string | null;
  settings: Record<string, unknown>;
  secret_names: readonly string[];
}

/** Says why a supplier cannot be spoken to in this way; null when it can. */
export function checkConnectorUse(
  connectors: Pick<Connectors, 'names' | 'get'>,
  { connector: name, settings, secret_names }: ConnectorUse,
): Refusal | null {
  if (name === null) return null;
  const connector = connectors.get(name);
  if (!connector) {
    return refuse('invalid_body_field', {
      field: 'connector',
      detail: `one of ${connectors.names.join(', ')} is needed`,
    });
  }
  const fault = connector.settings && faultIn(connector.settings, settings);
  if (fault) return settingsRefusal(fault);
  if (!connector.secrets) return null;
  const { secrets } = connector;
  const missing = Object.keys(secrets).find((each) => secrets[each] === 'needed' && !secret_names.includes(each));
  if (missing !== undefined) return refuse('missing_body_field', { field: `secrets.${missing}` });
  const unknown = secret_names.find((each) => !Object.hasOwn(secrets, each));
  if (unknown === undefined) return null;
  return refuse('invalid_body_field', { field: `secrets.${unknown}`, detail: 'there is no such field' });
}
