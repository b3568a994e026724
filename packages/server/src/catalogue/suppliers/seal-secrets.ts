import { type Refusal, refuse } from '@opentopup/contract';
import type { Context } from '../../context.ts';
import { sealedFor } from './supplier-access.ts';

/** A supplier's secrets as they are kept; refused where there is no key to seal them with. */
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
