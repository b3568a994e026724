import { bulkhead } from 'cockatiel';
import { meetEvents } from '../chaos/meet-events.ts';
import type { Context } from '../context.ts';
import { type EventRow, listEvents } from '../events/events.query.ts';
import { type ShownEvent, showEvents } from '../events/show-events.ts';
import { writeEvent } from '../outbox/outbox.store.ts';
import {
  type DeliveryNote,
  type Due,
  type Endpoint,
  type EndpointNote,
  listDue,
  listWaiting,
  writeRound,
} from './deliveries.store.ts';
import { healthAfter } from './endpoint-health.rules.ts';
import { type Courier, openSecrets, type SentEvent, sendEvent, toBeSent, transactionOf } from './send-event.ts';
import { wireWebhook } from './webhooks.wire.ts';

/** How many events a round takes up; where only some types are wanted, how many it looks at to find them. */
const ROUND = 100;
const LOOK = 500;
/** How many are under way to one endpoint at the same time. */
const AT_ONCE = 8;
/** After this long a round begins nothing more: what it has done is written soon, however slow the endpoint is. */
const BEGIN_WITHIN_MS = 2_000;

/** What a round is about. */
interface Work {
  /** To be sent: what is due again, then what is new. */
  due: Due[];
  /** New, but an earlier event of its transaction has to be sent first. */
  waiting: EventRow[];
  /** New, and kept back by chaos: only in a sandbox. */
  late: DeliveryNote[];
  /** Of what is due, by its id: what chaos has sent twice. */
  twice: ReadonlySet<string>;
  /** The last event that was looked at; null where there was none. */
  last: EventRow | null;
}

async function findWork(ctx: Context, endpoint: Endpoint): Promise<Work> {
  const { db } = ctx.store;
  const { distributor_id } = endpoint;
  const wanted: readonly string[] = endpoint.events;
  // An endpoint that is down is tried with one event, not with all that has gathered.
  const most = endpoint.failures > 0 ? 1 : ROUND;
  const due = await listDue(db, endpoint, byClock(endpoint, ctx.now()), most);
  if (due.length === most) return { ...NO_CHAOS, due, waiting: [], last: null };

  const from = { turn: endpoint.turn, id: endpoint.event_id };
  const limit = wanted.length === 0 ? most - due.length : LOOK;
  const unread = await listEvents(db, { distributor_id, order: 'oldest', from }, limit);
  const fresh: EventRow[] = [];
  let last: EventRow | null = null;
  for (const event of unread) {
    if (due.length + fresh.length === most) break;
    last = event;
    // The endpoint that is tested has the test as a delivery; the others are not told.
    const isWanted = event.kind !== 'webhook.test' && (wanted.length === 0 || wanted.includes(event.kind));
    if (isWanted) fresh.push(event);
  }
  const transactions = fresh.flatMap((event) => transactionOf(event) ?? []);
  const open = new Set(transactions.length > 0 ? await listWaiting(db, endpoint, transactions) : []);
  const isOpen = (event: EventRow): boolean => open.has(transactionOf(event) ?? '');
  const free = fresh.filter((event) => !isOpen(event));
  const { isLate, ...chaos } = await meetChaosOf(ctx, endpoint, free);
  const toSend = free.filter((event) => !isLate(event)).map((event) => ({ event, attempts: 0, first_at: null }));
  const waiting = fresh.filter((event) => isOpen(event) || (isLate(event) && !chaos.late.some(isNoteOf(event))));
  return { ...chaos, due: [...due, ...toSend], waiting, last };
}

const NO_CHAOS = { late: [], twice: new Set<string>() };

const isNoteOf =
  ({ id }: EventRow) =>
  ({ event_id }: DeliveryNote): boolean =>
    event_id === id;

/** Has new events meet chaos. Those of a transaction stay in their order: after one that is late, the others wait. */
async function meetChaosOf(
  ctx: Context,
  { distributor_id }: Endpoint,
  free: readonly EventRow[],
): Promise<Pick<Work, 'late' | 'twice'> & { isLate: (event: EventRow) => boolean }> {
  const { effects, delay_ms } = await meetEvents(ctx, distributor_id, free);
  const lateEvents = free.filter(({ id }) => effects.get(id) === 'webhook_late');
  const lateOf = new Set(lateEvents.map((event) => transactionOf(event) ?? event.id));
  const next_at = new Date(ctx.now().getTime() + delay_ms);
  return {
    isLate: (event) => lateOf.has(transactionOf(event) ?? event.id),
    late: lateEvents.map((event) => ({ ...toBeSent(event, ctx.now()), next_at })),
    twice: new Set(free.flatMap(({ id }) => (effects.get(id) === 'webhook_twice' ? [id] : []))),
  };
}

/**
 * One round of an endpoint: finds what it is to be told, sends it, writes what came of it. Events of one transaction go
 * one after the other, all others side by side. What was sent but not written, because the process died, is sent again.
 * @returns the endpoint as it is now, for another round; null when there is nothing more to be done just now
 */
export async function deliverEvents(ctx: Context, endpoint: Endpoint, courier: Courier): Promise<Endpoint | null> {
  const { due, waiting, late, twice, last } = await findWork(ctx, endpoint);
  if (due.length === 0 && last === null) return null;
  const { turn, event_id, failures, failing_since } = endpoint;
  const secrets = openSecrets(ctx, endpoint);
  if (!secrets) {
    const lost = { turn, event_id, failures, failing_since, rest_until: null, pause_reason: 'secret_lost' } as const;
    return endRound(ctx, endpoint, lost, []);
  }
  const { sent, left } = await sendAll(ctx, endpoint, courier, { due, twice }, secrets);

  const read = last ? { turn: last.turn, event_id: last.id } : { turn, event_id };
  const results = sent.map(({ result }) => result);
  const health = healthAfter(endpoint, results, ctx.now(), Math.random());
  const notes = [
    ...sent.map(({ note }) => note),
    ...left,
    ...late,
    ...waiting.map((event) => toBeSent(event, ctx.now())),
  ];
  return endRound(ctx, endpoint, { ...read, ...health }, notes);
}

/** Gives a moment by the clock of an endpoint's distributor. */
const byClock = ({ clock_ahead_s }: Endpoint, at: Date): Date => new Date(at.getTime() + clock_ahead_s * 1_000);

/** Writes a round, and tells where its endpoint is paused by it; gives what `deliverEvents` gives. */
function endRound(
  ctx: Context,
  endpoint: Endpoint,
  note: EndpointNote,
  deliveries: readonly DeliveryNote[],
): Promise<Endpoint | null> {
  return ctx.store.db.transaction(async (tx) => {
    const rest_until = note.rest_until && byClock(endpoint, note.rest_until);
    const kept = deliveries.map((each) => ({ ...each, next_at: each.next_at && byClock(endpoint, each.next_at) }));
    const written = await writeRound(tx, endpoint, { ...note, rest_until }, kept);
    if (note.pause_reason && written?.pause_reason === note.pause_reason) {
      const { distributor_id, id: subject_id } = written;
      const data = wireWebhook(written);
      await writeEvent(tx, { distributor_id, kind: 'webhook.paused', subject_id, at: ctx.now(), data });
    }
    return written?.status === 'active' && !note.rest_until ? written : null;
  });
}

/** Sends events as far as they are taken and time allows; `left` is what is still to be sent. */
async function sendAll(
  ctx: Context,
  endpoint: Endpoint,
  courier: Courier,
  { due, twice }: Pick<Work, 'due' | 'twice'>,
  secrets: readonly string[],
): Promise<{ sent: SentEvent[]; left: DeliveryNote[] }> {
  const rows = due.map(({ event }) => event);
  const shown = new Map((await showEvents(ctx, rows, 'en')).map((each) => [each.row.id, each]));
  const begun_ms = performance.now();
  const sent: SentEvent[] = [];
  const left: DeliveryNote[] = [];

  async function sendInTurn(group: readonly Due[]): Promise<void> {
    let goesOn = true;
    for (const { event, ...before } of group) {
      const toTell = shown.get(event.id);
      const mayBegin: boolean = goesOn && performance.now() - begun_ms < BEGIN_WITHIN_MS;
      const send = async (told: ShownEvent): Promise<SentEvent | null> =>
        courier.within(event, () => sendEvent(ctx, courier, endpoint, told, before, secrets));
      const done: SentEvent | null = toTell && mayBegin ? await send(toTell) : null;
      if (toTell && done && twice.has(event.id)) await send(toTell);
      if (done) sent.push(done);
      else left.push(toTell ? toBeSent(event, ctx.now(), before) : overtaken(event, ctx.now(), before));
      goesOn = toTell ? done !== null && done.note.status !== 'pending' : goesOn;
    }
  }
  const groups = Map.groupBy(due, ({ event }) => transactionOf(event) ?? event.id);
  const gate = bulkhead(AT_ONCE, Number.POSITIVE_INFINITY);
  await Promise.all([...groups.values()].map((group) => gate.execute(() => sendInTurn(group))));
  return { sent, left };
}

/** Notes an event that is not told any more, because what it says was over before it could be told. */
const overtaken = (event: EventRow, now: Date, before: Omit<Due, 'event'>): DeliveryNote => ({
  ...toBeSent(event, now, before),
  status: 'dead',
  next_at: null,
  error: 'overtaken by the end of its transaction',
});
