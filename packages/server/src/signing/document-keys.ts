import { generateKeyPairSync } from 'node:crypto';
import { type Refusal, refuse } from '@opentopup/contract';
import { calculateJwkThumbprint } from 'jose';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import type { Seal } from '../secrets/seal.ts';
import {
  addDocumentKey,
  findSigningDocumentKey,
  retireDocumentKey,
  type SealedDocumentKey,
} from './document-keys.store.ts';

const sealedFor = (kid: string): string => `document key ${kid}`;

/** The key that signs, opened. */
export interface OpenDocumentKey {
  kid: string;
  /** 32 bytes, base64url. */
  x: string;
  d: string;
}

/** Opens the private half of a key; null where it was sealed under another sealing key, which is lost then. */
function open(seal: Seal, { kid, x, sealed }: SealedDocumentKey): OpenDocumentKey | null {
  try {
    return { kid, x, d: seal.open(sealed, sealedFor(kid)) };
  } catch {
    return null;
  }
}

async function makeKey(seal: Seal, created_at: Date): Promise<Omit<SealedDocumentKey, 'retired_at'>> {
  const { x, d } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }) as { x: string; d: string };
  const kid = await calculateJwkThumbprint({ kty: 'OKP', crv: 'Ed25519', x });
  return { kid, x, sealed: seal.close(d, sealedFor(kid)), created_at };
}

/** Puts a new key in the place of one, or makes the first; of several who do that at once, one does. */
async function replaceKey(ctx: Context, seal: Seal, old: SealedDocumentKey | null, actor: string): Promise<void> {
  const at = ctx.now();
  const key = await makeKey(seal, at);
  await ctx.store.db.transaction(async (tx) => {
    if (old && !(await retireDocumentKey(tx, old.kid, at))) return;
    if (!(await addDocumentKey(tx, key))) return;
    const action = old ? 'document_key.rotated' : 'document_key.created';
    await noteChange(tx, { at, actor, action, subject: key.kid, details: old ? { before: { kid: old.kid } } : {} });
  });
}

async function neededKey({ store }: Context): Promise<SealedDocumentKey> {
  const key = await findSigningDocumentKey(store.db);
  if (!key) throw new Error('the key that signs documents was just made, and is not there');
  return key;
}

/**
 * Gives the key that signs documents. The first is made when it is needed; one whose seal cannot be opened any more signs
 * nothing more, so another takes its place.
 */
export async function openDocumentKey(ctx: Context): Promise<OpenDocumentKey | Refusal> {
  const { seal } = ctx;
  if (!seal) return refuse('not_configured', { detail: 'SEALING_KEY' });
  const kept = await findSigningDocumentKey(ctx.store.db);
  const opened = kept && open(seal, kept);
  if (opened) return opened;
  if (kept) ctx.alert('the key that signs documents cannot be opened: another takes its place', { kid: kept.kid });
  await replaceKey(ctx, seal, kept, 'system');
  return open(seal, await neededKey(ctx)) ?? refuse('not_configured', { detail: 'SEALING_KEY' });
}

/** Makes a key that signs from now on. What the one before has signed stays valid. */
export async function rotateDocumentKey(ctx: Context, actor: string): Promise<SealedDocumentKey | Refusal> {
  const { seal } = ctx;
  if (!seal) return refuse('not_configured', { detail: 'SEALING_KEY' });
  await replaceKey(ctx, seal, await findSigningDocumentKey(ctx.store.db), actor);
  return neededKey(ctx);
}
