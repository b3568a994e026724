import { createHash, randomBytes } from 'node:crypto';
import { type DisputeLinkCreation, type Refusal, refuse } from '@opentopup/contract';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import { newId } from '../database/ids.ts';
import { findTransactionKey } from '../sales/transactions/transactions.query.ts';
import { type DisputeLinkRow, findOpenLink } from './dispute-links.query.ts';
import { addDisputeLink, closeDisputeLink } from './dispute-links.store.ts';

const DAY_MS = 86_400_000;
/** How long a link is open where nobody says. */
const DAYS = 14;
const TOKEN_BYTES = 32;
const TOKEN = /^[\w-]{43}$/;

const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Who makes or closes a link. */
interface Maker {
  /** As it is named in the audit trail. */
  actor: string;
  /** Null: the operator. */
  distributor_id: string | null;
}

/** Makes a link to the story of a sale. Its address is told this once: of the token only a digest is kept. */
export async function createDisputeLink(
  ctx: Context,
  transactionId: string,
  { days = DAYS }: DisputeLinkCreation,
  { actor, distributor_id }: Maker,
): Promise<{ link: DisputeLinkRow; url: string } | Refusal> {
  // The file behind it has to prove itself.
  if (!ctx.seal) return refuse('not_configured', { detail: 'SEALING_KEY' });
  const sale = await findTransactionKey(ctx.store.db, transactionId);
  if (!sale || (distributor_id !== null && sale.distributor_id !== distributor_id)) {
    return refuse('not_found', { detail: `transaction ${transactionId} not found` });
  }
  const at = ctx.now();
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  const link = {
    id: newId(),
    distributor_id: sale.distributor_id,
    transaction_id: sale.transaction_id,
    of_operator: distributor_id === null,
    created_by: actor,
    at,
    expires_at: new Date(at.getTime() + days * DAY_MS),
  };
  await ctx.store.db.transaction(async (tx) => {
    await addDisputeLink(tx, { ...link, token_digest: digestOf(token) });
    const details = { after: { transaction_id: sale.transaction_id, expires_at: link.expires_at } };
    await noteChange(tx, {
      at,
      actor,
      action: 'dispute_link.created',
      subject: link.id,
      distributor_id: sale.distributor_id,
      details,
    });
  });
  return { link: { ...link, revoked_at: null }, url: `${ctx.consoleUrl()}/d/${token}` };
}

/** Closes a link at once and for good. */
export function revokeDisputeLink(ctx: Context, id: string, { actor, distributor_id }: Maker) {
  return ctx.store.db.transaction(async (tx): Promise<DisputeLinkRow | Refusal> => {
    const at = ctx.now();
    const link = await closeDisputeLink(tx, id, distributor_id, at);
    if (!link) return refuse('not_found', { detail: `link ${id} not found` });
    if (link.is_new) {
      const subject = { subject: id, distributor_id: link.distributor_id };
      await noteChange(tx, { at, actor, action: 'dispute_link.revoked', ...subject });
    }
    return link;
  });
}

/** Opens a link, which the audit trail tells; null where it is not open, or never was. */
export async function openDisputeLink(ctx: Context, token: string): Promise<DisputeLinkRow | null> {
  if (!TOKEN.test(token)) return null;
  const at = ctx.now();
  const link = await findOpenLink(ctx.store.db, digestOf(token), at);
  if (!link) return null;
  const { id, distributor_id, transaction_id } = link;
  const opened = { subject: id, distributor_id, details: { transaction_id } };
  await noteChange(ctx.store.db, { at, actor: `dispute link ${id}`, action: 'dispute_link.opened', ...opened });
  return link;
}
