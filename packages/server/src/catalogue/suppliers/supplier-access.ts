import { type Refusal, refuse } from '@opentopup/contract';
import type { Connector, SupplierAccess } from '../../connectors/connector.ts';
import type { Context } from '../../context.ts';
import type { SupplierOfOffer } from '../offers/offers.query.ts';

/** Returns what the connector is given of its supplier, secrets in clear. */
export function accessTo(ctx: Context, { id, settings, secrets }: SupplierOfOffer): SupplierAccess {
  const { seal, publicUrl } = ctx;
  const open = ([name, sealed]: [string, string]): [string, string] => {
    if (!seal) throw new Error('a supplier has secrets, but SEALING_KEY is not set');
    return [name, seal.open(sealed, sealedFor(id, name))];
  };
  const callback = publicUrl !== null && { callback_url: `${publicUrl}/suppliers/${id}/callbacks` };
  return { id, settings, secrets: Object.fromEntries(Object.entries(secrets).map(open)), ...callback };
}

/** Returns the same; null where its secrets do not open: then nobody can be asked for now. */
export function openAccess(
  ctx: Context,
  supplier: SupplierOfOffer,
  about: Record<string, string> = {},
): SupplierAccess | null {
  try {
    return accessTo(ctx, supplier);
  } catch {
    ctx.alert('the secrets of a supplier do not open', { supplier_id: supplier.id, ...about });
    return null;
  }
}

/** Returns what a supplier's secret is sealed for. */
export const sealedFor = (supplierId: string, name: string): string => `supplier ${supplierId} ${name}`;

/** Returns who speaks to a supplier: in the sandbox always the simulator. */
export function connectorOf(
  ctx: Context,
  world: 'live' | 'sandbox',
  supplier: Pick<SupplierOfOffer, 'connector'>,
): Connector | undefined {
  return world === 'sandbox' ? ctx.connectors.sandbox : ctx.connectors.get(supplier.connector);
}

/** Seals a supplier's secrets as they are kept; refused where there is no key to seal them with. */
export function sealSecrets(
  { seal }: Context,
  supplier_id: string,
  secrets: Record<string, string>,
): { sealed: Record<string, string> } | Refusal {
  const entries = Object.entries(secrets);
  if (entries.length === 0) return { sealed: {} };
  if (!seal) return refuse('not_configured', { detail: 'SEALING_KEY' });
  return {
    sealed: Object.fromEntries(
      entries.map(([name, secret]) => [name, seal.close(secret, sealedFor(supplier_id, name))]),
    ),
  };
}
