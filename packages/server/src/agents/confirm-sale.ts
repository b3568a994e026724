import { type Reason, type Refusal, refuse } from '@opentopup/contract';
import { secretDigest } from '../access/credentials/client-secret.ts';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import type { Query } from '../database/database.ts';
import { createTopup } from '../sales/create-topup.ts';
import { closeKey, type IdempotencyKey } from '../sales/idempotency/idempotency.store.ts';
import { findReplay } from '../sales/idempotency/replay-topup.ts';
import type { Topup } from '../sales/topup.ts';
import { amountOf } from '../values/money.ts';
import { countUsed, lockAgent } from './agents.store.ts';
import { capReached, isReleasedBy, POLICY } from './caps.rules.ts';
import { type CallingAgent, orderOfAgent } from './preview-sale.ts';
import { findPreview, listUnsettled, type PreviewRow } from './previews.query.ts';
import { lockPreview, setConfirmed, setResult } from './previews.store.ts';

/** How long the key of a confirmed sale counts: longer than its preview is kept. */
const KEY_LIFE_S = 32 * 24 * 60 * 60;
/** After the supplier's deadline, time for the outcome to be written. Then whoever confirmed first has died, most likely. */
const MARGIN_MS = 10_000;
/** What says nothing about the sale: it may be confirmed again. */
const NOT_FINAL: readonly Reason[] = ['idempotency_in_progress', 'over_capacity', 'service_unavailable'];

/** The key of the sale of a preview. No key of a header begins with a blank, so nobody else has it. */
const keyOf = ({ id, token_sha256 }: PreviewRow): IdempotencyKey => ({
  key: ` preview ${id}`,
  request_sha256: token_sha256,
  life_s: KEY_LIFE_S,
});

/**
 * Sells what was previewed and released. The caps count what is being sold before it is sold, under the agent's lock, so no
 * two confirmations are both the last one allowed; and the sale has the preview's own key, so it is made once.
 */
export async function confirmSale(
  ctx: Context,
  agent: CallingAgent,
  id: string,
  token: string,
): Promise<Topup | Refusal> {
  const claimed = await ctx.store.db.transaction((tx) => claim(ctx, tx, agent, id, token));
  if ('reason' in claimed) return claimed;
  const { distributor_id, transaction_id, currency } = claimed;
  if (transaction_id !== null) {
    const transaction = await ctx.store.transaction({ distributor_id, id: transaction_id });
    if (!transaction) throw new Error('a preview names a transaction that does not exist');
    return { transaction, replayed: true };
  }
  const parameters = { [claimed.line_kind]: claimed.line };
  const max_price = amountOf(claimed.price_minor, currency);
  const order = orderOfAgent(agent, { offer_id: claimed.offer_id, parameters }, max_price);
  const topup =
    claimed.status === 'expired'
      ? await findOrClose(ctx, claimed)
      : await createTopup(ctx, { distributor_id, order, idempotency: keyOf(claimed) });
  return keepResult(ctx, claimed, topup);
}

/**
 * Finds the sale of a preview that was confirmed and is past its time. Where there is none, there never will be: its key is
 * closed, so that a process that was only slow sells nothing once this was told.
 */
async function findOrClose(ctx: Context, preview: PreviewRow): Promise<Topup | Refusal> {
  const key = keyOf(preview);
  await closeKey(ctx.store.db, preview, key);
  return (await findReplay(ctx, preview.distributor_id, key)) ?? refuse('preview_expired');
}

/** Keeps what became of a preview, unless that is not known yet. */
async function keepResult(ctx: Context, preview: PreviewRow, topup: Topup | Refusal): Promise<Topup | Refusal> {
  const { db } = ctx.store;
  if (!('reason' in topup)) {
    const { id, status, reason } = topup.transaction;
    const isSold = status === 'ok' || status === 'pending';
    await setResult(db, preview, { transaction_id: id, refusal: isSold ? null : reason });
    return topup;
  }
  // Its key was closed.
  const refusal = topup.reason === 'idempotency_conflict' ? refuse('preview_expired') : topup;
  if (!NOT_FINAL.includes(refusal.reason)) {
    await setResult(db, preview, { transaction_id: null, refusal: refusal.reason });
  }
  return refusal;
}

/** Until when whoever has confirmed may be at it. */
const busyFor_ms = ({ supplier_deadline_ms }: Context): number => supplier_deadline_ms + MARGIN_MS;

const AT_ONCE = 100;

/** Finds out what became of previews past their time whose agents have not asked again: they count towards caps until then. */
export async function settlePreviews(ctx: Context): Promise<void> {
  const now = ctx.now();
  const before = new Date(now.getTime() - busyFor_ms(ctx));
  const unsettled = await listUnsettled(ctx.store.db, { now, before, limit: AT_ONCE });
  const settle = async (preview: PreviewRow): Promise<unknown> =>
    keepResult(ctx, preview, await findOrClose(ctx, preview));
  const settled: PromiseSettledResult<unknown>[] = [];
  // One that fails keeps no other waiting.
  for (const preview of unsettled) settled.push(...(await Promise.allSettled([settle(preview)])));
  const failed = settled.find((each) => each.status === 'rejected');
  if (failed) throw failed.reason;
}

/** Takes a preview to be sold by this call alone, or tells why not. `expired`: what was confirmed before is looked for only. */
async function claim(
  ctx: Context,
  tx: Query,
  { distributor_id, client_id, actor }: CallingAgent,
  id: string,
  token: string,
): Promise<PreviewRow | Refusal> {
  const caps = await lockAgent(tx, client_id);
  const owners = [distributor_id];
  const preview = (await lockPreview(tx, owners, id)) ? await findPreview(tx, owners, id) : null;
  if (!caps || preview?.client_id !== client_id) return refuse('not_found', { detail: `preview ${id} not found` });
  if (preview.token_sha256 !== secretDigest(token)) {
    return refuse('invalid_body_field', { field: 'token', detail: 'it is not that of this preview' });
  }
  if (preview.transaction_id !== null) return preview;
  if (preview.refusal !== null) return refuse('already_decided', { detail: `refused: ${preview.refusal}` });
  if (preview.is_released === false) return refuse('already_decided', { detail: 'declined' });
  const at = ctx.now();
  const isOver = preview.expires_at <= at;
  if (preview.confirmed_at) {
    const busyUntil_ms = preview.confirmed_at.getTime() + busyFor_ms(ctx);
    if (at.getTime() < busyUntil_ms) return refuse('idempotency_in_progress');
  }
  if (isOver) return preview.confirmed_at ? { ...preview, status: 'expired' } : refuse('preview_expired');
  const { offer_id, line, price_minor, currency } = preview;
  // What its caps have released, they have to release still.
  const isReleased = preview.decided_by === POLICY ? isReleasedBy(caps, price_minor) : preview.is_released;
  if (!isReleased) return refuse('preview_not_released');
  if (!caps.offers.includes(offer_id)) return refuse('offer_not_allowed', { offer_id });
  if (caps.currency !== currency)
    return refuse('offer_not_allowed', { offer_id, detail: `its caps are in ${caps.currency}` });
  const reached = capReached(caps, await countUsed(tx, { client_id, line, at, but: id }), price_minor);
  if (reached) return refuse('agent_limit_reached', { detail: reached });
  await setConfirmed(tx, preview, at);
  const details = { after: { offer_id, price: amountOf(price_minor, currency), currency } };
  await noteChange(tx, { at, actor, action: 'sale.confirmed', subject: id, distributor_id, details });
  return { ...preview, status: 'confirmed' };
}
