import { MAX_UNITS, type RefillDecision, type RefillOrderCreation, type Refusal, refuse } from '@opentopup/contract';
import { listOperatorAddresses } from '../access/accounts/accounts.query.ts';
import { noteChange } from '../audit/audit.store.ts';
import { findOffer } from '../catalogue/offers/offers.query.ts';
import type { Context } from '../context.ts';
import type { Query } from '../database/database.ts';
import { newId } from '../database/ids.ts';
import { lockDistributor } from '../distributors/distributors.store.ts';
import type { NewBooking } from '../ledger/balances.rules.ts';
import { bookingEntry, bookingRefusal } from '../ledger/book-stock.ts';
import { bookUnits } from '../ledger/bookings.store.ts';
import { addNotices, type Notice } from '../messages/notices.store.ts';
import { writeEvent } from '../outbox/outbox.store.ts';
import { chatOf } from '../stock/chat.ts';
import { refillChat } from './refill-chat.rules.ts';
import { refillMail } from './refill-mail.rules.ts';
import { findByReference, findRefillOrder, type RefillOrderRow } from './refill-orders.query.ts';
import { addRefillOrder, decideOrder, findStockReaders, isBooked, lockRefillOrder } from './refill-orders.store.ts';
import { wireOwnOrder } from './refills.wire.ts';

/** An order as it stands, and whether this has made it so. */
interface Ordered {
  order: RefillOrderRow;
  isNew: boolean;
}

const KINDS = {
  open: 'refill.ordered',
  granted: 'refill.granted',
  declined: 'refill.declined',
  withdrawn: 'refill.withdrawn',
} as const;
/** Of these the operator is told by mail, of the others their distributor; its chat is told of all. */
const BY_DISTRIBUTOR: readonly RefillOrderRow['status'][] = ['open', 'withdrawn'];

/** Tells of an order, in the transaction that changes it: its distributor by an event and in its chat, and whoever has to know by mail. */
async function tell(ctx: Context, tx: Query, order: RefillOrderRow, at: Date): Promise<void> {
  const { distributor_id, id, status } = order;
  await writeEvent(tx, { distributor_id, kind: KINDS[status], subject_id: id, at, data: wireOwnOrder(order) });
  const readers = await findStockReaders(tx, distributor_id, order.offer_id);
  const news = { ...order, link: ctx.publicUrl && `${ctx.publicUrl}/stock` };
  const notices: Notice[] = [];
  if (ctx.notifiers.email) {
    const mail = refillMail(news);
    const recipients = BY_DISTRIBUTOR.includes(status) ? await listOperatorAddresses(tx) : (readers?.emails ?? []);
    for (const recipient of recipients) {
      notices.push({ distributor_id, channel: 'email', recipient, ...mail, once: false });
    }
  }
  if (readers?.chat_language) {
    const recipient = chatOf({ distributor_id, id: readers.alert_id });
    const body = refillChat(news, readers.chat_language);
    notices.push({ distributor_id, channel: 'chat', recipient, subject: '', body, once: false });
  }
  await addNotices(tx, notices, at);
}

async function readOrder(tx: Query, id: string): Promise<RefillOrderRow> {
  const order = await findRefillOrder(tx, id);
  if (!order) throw new Error('an order of units that was just kept is not there');
  return order;
}

/** Orders units for an offer of a distributor, once for each reference of its own. */
export function orderRefill(
  ctx: Context,
  distributor_id: string,
  { offer_id, units, reference }: RefillOrderCreation,
  actor: string,
): Promise<Ordered | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    // Orders of one distributor follow one another, so the same reference is found by whoever comes second.
    await lockDistributor(tx, distributor_id);
    const before = await findByReference(tx, distributor_id, reference);
    if (before) {
      const isSame = before.offer_id === offer_id.toLowerCase() && before.units === units;
      return isSame ? { order: before, isNew: false } : refuse('reference_conflict', { field: 'reference' });
    }
    if (!(await findOffer(tx, distributor_id, offer_id))) {
      return refuse('not_found', { field: 'offer_id', detail: `offer ${offer_id} not found` });
    }
    // What was granted under it before would pass for what is ordered now.
    if (await isBooked(tx, distributor_id, offer_id, reference)) {
      return refuse('reference_conflict', { field: 'reference' });
    }
    const at = ctx.now();
    const id = newId();
    const isAdded = await addRefillOrder(tx, { id, distributor_id, offer_id, units, reference, ordered_by: actor, at });
    if (!isAdded) return refuse('refill_open');
    const details = { after: { offer_id, units, reference } };
    await noteChange(tx, { at, actor, action: 'refill.ordered', subject: id, distributor_id, details });
    const order = await readOrder(tx, id);
    await tell(ctx, tx, order, at);
    return { order, isNew: true };
  });
}

/** Books the units of an order; refused where the ledger refuses. What was granted by hand under its reference counts. */
async function bookOrder(ctx: Context, tx: Query, order: RefillOrderRow, note: string | null, actor: string) {
  const justification = [`Refill order ${order.id}`, ...(note === null ? [] : [note])].join(': ');
  const { offer_id, units, reference } = order;
  const booking: NewBooking = { kind: 'grant', offer_id, units, reference, justification };
  const done = await bookUnits(tx, booking, ctx.now(), MAX_UNITS);
  if (!('booked' in done)) return bookingRefusal(done.result, booking);
  if (done.result === 'booked') await noteChange(tx, bookingEntry(done.booked, actor));
  return null;
}

/** Decides about an order: order, ledger, events and audit are one commit. The same decision again changes nothing. */
export function decideRefillOrder(
  ctx: Context,
  id: string,
  { decision, justification: note }: RefillDecision,
  actor: string,
): Promise<Ordered | Refusal> {
  const justification = note ?? null;
  return ctx.store.db.transaction(async (tx) => {
    if (!(await lockRefillOrder(tx, id))) return refuse('not_found', { detail: `refill order ${id} not found` });
    const before = await readOrder(tx, id);
    const status = decision === 'grant' ? 'granted' : 'declined';
    if (before.status === status) return { order: before, isNew: false };
    if (before.status !== 'open') return refuse('already_decided', { detail: before.status });
    if (decision === 'decline' && justification === null) {
      return refuse('missing_body_field', { field: 'justification' });
    }
    const refusal = decision === 'grant' ? await bookOrder(ctx, tx, before, justification, actor) : null;
    if (refusal) return refusal;
    const at = ctx.now();
    await decideOrder(tx, id, { status, decided_by: actor, justification, decided_at: at });
    const { distributor_id, offer_id, units, reference } = before;
    const details = { offer_id, units, reference, ...(justification !== null && { justification }) };
    await noteChange(tx, { at, actor, action: `refill.${status}`, subject: id, distributor_id, details });
    const order = await readOrder(tx, id);
    await tell(ctx, tx, order, at);
    return { order, isNew: true };
  });
}

/** Withdraws an open order, for its distributor: order, event and audit are one commit. Once more it changes nothing. */
export function withdrawRefillOrder(
  ctx: Context,
  distributor_id: string,
  id: string,
  actor: string,
): Promise<Ordered | Refusal> {
  return ctx.store.db.transaction(async (tx) => {
    const before = (await lockRefillOrder(tx, id)) ? await readOrder(tx, id) : null;
    if (before?.distributor_id !== distributor_id) {
      return refuse('not_found', { detail: `refill order ${id} not found` });
    }
    if (before.status === 'withdrawn') return { order: before, isNew: false };
    if (before.status !== 'open') return refuse('already_decided', { detail: before.status });
    const at = ctx.now();
    await decideOrder(tx, id, { status: 'withdrawn', decided_by: actor, justification: null, decided_at: at });
    const { offer_id, units, reference } = before;
    const details = { offer_id, units, reference };
    await noteChange(tx, { at, actor, action: 'refill.withdrawn', subject: id, distributor_id, details });
    const order = await readOrder(tx, id);
    await tell(ctx, tx, order, at);
    return { order, isNew: true };
  });
}
