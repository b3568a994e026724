import { type Refusal, refuse, type SalePreviewCreation } from '@opentopup/contract';
import { newClientSecret, secretDigest } from '../access/credentials/client-secret.ts';
import { noteChange } from '../audit/audit.store.ts';
import type { Context } from '../context.ts';
import { newId } from '../database/ids.ts';
import { writeEvent } from '../outbox/outbox.store.ts';
import { type CheckedOrder, checkOrder, type ReceivedOrder } from '../sales/check-order.ts';
import { lineDelivered } from '../values/deliverable.ts';
import { lineText } from '../values/line.ts';
import { amountOf } from '../values/money.ts';
import { countUsed, lockAgent } from './agents.store.ts';
import { wirePreviewNews } from './agents.wire.ts';
import { capReached, isReleasedBy, POLICY } from './caps.rules.ts';
import { findPreview, type PreviewRow } from './previews.query.ts';
import { addPreview, countOpenPreviews } from './previews.store.ts';

/** An agent that calls. */
export interface CallingAgent {
  distributor_id: string;
  client_id: string;
  actor: string;
}

/** How long a preview may be confirmed. */
const LIFE_MS = 10 * 60_000;
/** How many previews of an agent may wait for people at the same time. */
const MOST_OPEN = 20;

/** Gives the order of an agent: of one unit for one line, with nothing that would loosen a guard. */
export const orderOfAgent = (
  { client_id }: Pick<CallingAgent, 'client_id'>,
  { offer_id, parameters }: SalePreviewCreation,
  max_price: number | null,
): ReceivedOrder => ({
  offer_id,
  parameters,
  user_id: client_id,
  voucher_id: null,
  max_price,
  allow_repeat: false,
  check_network: false,
  notify: null,
});

/** Checks an order by the catalogue as it is now. */
async function checkNow(ctx: Context, distributor_id: string, order: ReceivedOrder): Promise<CheckedOrder | Refusal> {
  await ctx.store.catalogue.renew();
  const distributor = await ctx.store.catalogue.distributor(distributor_id);
  if (!distributor) throw new Error('a token names a distributor that does not exist');
  const checked = await checkOrder(ctx, distributor, order);
  return 'refusal' in checked ? checked.refusal : checked;
}

/** Says what a sale would be, and asks that it is released, or has the caps release it. Nothing is held. */
export async function previewSale(
  ctx: Context,
  agent: CallingAgent,
  wanted: SalePreviewCreation,
): Promise<{ preview: PreviewRow; token: string } | Refusal> {
  const { distributor_id, client_id, actor } = agent;
  const checked = await checkNow(ctx, distributor_id, orderOfAgent(agent, wanted, null));
  if ('reason' in checked) return checked;
  const { offer, deliverable } = checked;
  const { currency } = offer.product;
  const delivered = lineDelivered(deliverable);
  const notAllowed = (detail: string): Refusal => refuse('offer_not_allowed', { offer_id: offer.id, detail });
  if (!delivered) return notAllowed('it recharges no line');
  const line = lineText(delivered);
  const stock = await ctx.store.available({ distributor_id, offer_id: offer.id });
  const units_after = stock ? stock.available - stock.parked - 1 : -1;
  if (units_after < 0) return refuse('bucket_empty', { offer_id: offer.id });

  return ctx.store.db.transaction(async (tx) => {
    const caps = await lockAgent(tx, client_id);
    if (!caps?.offers.includes(offer.id)) return notAllowed('it is not among its offers');
    if (caps.currency !== currency) return notAllowed(`its caps are in ${caps.currency}`);
    const at = ctx.now();
    const price_minor = offer.resell_value_minor;
    const used = await countUsed(tx, { client_id, line, at, but: null });
    const reached = capReached(caps, used, price_minor);
    if (reached) return refuse('agent_limit_reached', { detail: reached });
    if ((await countOpenPreviews(tx, client_id, at)) >= MOST_OPEN) {
      return refuse('agent_limit_reached', { detail: `open previews: ${MOST_OPEN}` });
    }
    const id = newId();
    const token = newClientSecret();
    const isReleased = isReleasedBy(caps, price_minor);
    await addPreview(tx, {
      id,
      distributor_id,
      client_id,
      offer_id: offer.id,
      line,
      line_kind: delivered.kind,
      price_minor,
      currency,
      units_after,
      token_sha256: secretDigest(token),
      at,
      expires_at: new Date(at.getTime() + LIFE_MS),
      decided_by: isReleased ? POLICY : null,
      is_released: isReleased || null,
    });
    const after = { offer_id: offer.id, price: amountOf(price_minor, currency), currency };
    const note = { at, subject: id, distributor_id, details: { after } };
    await noteChange(tx, { ...note, actor, action: 'preview.created' });
    if (isReleased) await noteChange(tx, { ...note, actor: POLICY, action: 'preview.released' });
    const preview = await findPreview(tx, [distributor_id], id);
    if (!preview) throw new Error('a preview that was just kept is not there');
    if (!isReleased) {
      const data = wirePreviewNews(preview);
      await writeEvent(tx, { distributor_id, kind: 'preview.waiting', subject_id: id, at, data });
    }
    return { preview, token };
  });
}
