import { createHash } from 'node:crypto';
import { type Refusal, refuse } from '@opentopup/contract';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import { readPublicKey } from './public-key.rules.ts';
import { replacePublicKey } from './public-key.store.ts';

/**
 * Sets the key under which activation codes are encrypted for a distributor; the one before is gone for good.
 * @param written as it was sent; see `readPublicKey`
 * @param actor who asks for it
 * @returns the key as PEM, as it is kept
 */
export async function setPublicKey(
  ctx: Context,
  distributor_id: string,
  written: string,
  actor: string,
): Promise<{ pem: string } | Refusal> {
  const key = readPublicKey(written);
  if (!key.ok) return refuse('invalid_key', { detail: key.detail });
  const { pem, bits } = key;
  const at = ctx.now();
  await ctx.store.db.transaction(async (tx) => {
    await replacePublicKey(tx, distributor_id, pem, at);
    const details = { bits, sha256: createHash('sha256').update(pem).digest('hex') };
    await noteChange(tx, {
      at,
      actor,
      action: 'key.set',
      subject: distributor_id,
      distributor_id,
      details,
    });
  });
  return { pem };
}
