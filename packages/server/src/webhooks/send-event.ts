import { webhookHeaders } from '@opentopup/contract/webhooks/webhook-headers';
import type { Context } from '../context.ts';
import type { EventRow } from '../events/events.query.ts';
import { isOfTransaction, type ShownEvent } from '../events/show-events.ts';
import type { Post } from '../http/post.ts';
import type { DeliveryNote, Due, Endpoint } from './deliveries.store.ts';
import type { AttemptResult } from './endpoint-health.rules.ts';
import { nextAttempt, retryAfter } from './retry.rules.ts';
import { sealedForWebhook } from './secret.ts';

/** How events are sent. */
export interface Courier {
  post: Post;
  /** Sends an event, and keeps what is under way to all endpoints together within bounds. */
  within: (event: EventRow, send: () => Promise<SentEvent | null>) => Promise<SentEvent | null>;
  /** Pauses after the first attempt, the second, … in seconds. */
  schedule_s: readonly number[];
}

/** What became of sending an event: what it says of the endpoint, and what is kept of the delivery. */
export interface SentEvent {
  result: AttemptResult;
  note: DeliveryNote;
}

export const transactionOf = (event: EventRow): string | null => (isOfTransaction(event) ? event.subject_id : null);

/** Notes a delivery still to be made, as soon as it can. */
export const toBeSent = (event: EventRow, now: Date, before?: Omit<Due, 'event'>): DeliveryNote => ({
  event_id: event.id,
  turn: event.turn,
  transaction_id: transactionOf(event),
  status: 'pending',
  attempts: 0,
  next_at: now,
  first_at: null,
  ...before,
  last_at: null,
  duration_ms: null,
  response_status: null,
  response_text: null,
  error: null,
});

/**
 * Opens what signs for an endpoint: its secret, and for a while after a rotation the one before, where that still opens.
 * @returns null where its secret was sealed under a key that is lost
 */
export function openSecrets({ seal, now }: Context, endpoint: Endpoint): string[] | null {
  const { id, secret, old_secret, old_secret_until } = endpoint;
  const open = (sealed: string): string | null => {
    try {
      return seal?.open(sealed, sealedForWebhook(id)) ?? null;
    } catch {
      return null;
    }
  };
  const current = open(secret);
  if (current === null) return null;
  const isOverlapping = old_secret !== null && old_secret_until !== null && old_secret_until > now();
  const old = isOverlapping ? open(old_secret) : null;
  return old === null ? [current] : [current, old];
}

/** Sends one event to an endpoint, once; null where the server stops before there is an answer. */
export async function sendEvent(
  ctx: Context,
  { post, schedule_s }: Courier,
  { url }: Endpoint,
  { row, event }: ShownEvent,
  before: Omit<Due, 'event'>,
  secrets: readonly string[],
): Promise<SentEvent | null> {
  const at = ctx.now();
  const begun_ms = performance.now();
  const body = JSON.stringify(event);
  const attempt = await post(url, await webhookHeaders(row.id, at, body, secrets), body, ctx.stopping);
  const { status: answered, text, error } = attempt;
  if (answered === null && ctx.stopping.aborted) return null;

  const isDelivered = answered !== null && answered >= 200 && answered < 300;
  const attempts = before.attempts + 1;
  const first_at = before.first_at ?? at;
  const rest_until = isDelivered ? null : retryAfter(attempt.retry_after, at);
  const scheduled = isDelivered ? null : nextAttempt(attempts, schedule_s, at, Math.random());
  const next_at = scheduled && rest_until && rest_until > scheduled ? rest_until : scheduled;
  const status = isDelivered ? 'delivered' : next_at ? 'pending' : 'dead';
  return {
    result: { at, first_at, status, answered, rest_until },
    note: {
      ...toBeSent(row, at, { attempts, first_at }),
      status,
      next_at,
      last_at: at,
      duration_ms: Math.round(performance.now() - begun_ms),
      response_status: answered,
      response_text: text,
      error,
    },
  };
}
