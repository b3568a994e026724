import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { CHAOS_DELAY_MS, CHAOS_HEADER, ORDER_EFFECTS, type OrderEffect } from '@opentopup/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { distributorOf } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import type { Context } from '../context.ts';
import { fail } from '../http/refusal-error.ts';
import { countOrder, insertChaosEffects } from './chaos.store.ts';
import { chooseEffect } from './chosen-effect.rules.ts';

/** What an order meets, and because of what. */
export interface MetEffect {
  effect: OrderEffect;
  cause: 'setting' | 'header';
  number: number | null;
  delay_ms: number;
  /** It was met, and noted. */
  isMet: boolean;
}

/** What is played to an order while it is sold, not around it. */
export type PlayedOutage = Extract<OrderEffect, 'bucket_empty' | 'supplier_down'>;

declare module 'fastify' {
  interface FastifyRequest {
    /** What chaos does to it, in a sandbox; null: nothing. */
    chaos: MetEffect | null;
  }
}

const HEADER = CHAOS_HEADER.toLowerCase();
/** In how many pieces an answer comes that comes bit by bit. */
const PIECES = 20;

const isEffect = (text: unknown): text is OrderEffect => ORDER_EFFECTS.some((effect) => effect === text);

/** Tells what an order meets: what its header asks for, else what its client is set to meet. */
async function effectOf(ctx: Context, { headers, caller }: FastifyRequest): Promise<MetEffect | null> {
  const asked = headers[HEADER];
  if (asked !== undefined) {
    if (!isEffect(asked)) fail('invalid_header', { field: CHAOS_HEADER, detail: `one of ${ORDER_EFFECTS.join(', ')}` });
    return { effect: asked, cause: 'header', number: null, delay_ms: CHAOS_DELAY_MS, isMet: false };
  }
  const client_id = caller?.client_id ?? null;
  if (client_id === null || !ctx.chaos.has(client_id)) return null;
  const counted = await countOrder(ctx.store.db, client_id, ctx.now());
  if (!counted) return null;
  const { effects, seed, orders: number, delay_ms } = counted;
  const effect = chooseEffect(ORDER_EFFECTS, effects, { seed, of: 'order', number });
  return effect && { effect, cause: 'setting', number, delay_ms, isMet: false };
}

/** Has the orders of a sandbox meet what was asked for. Hooks of its routes alone: live, there is nothing of this. */
export function meetChaos(sandbox: FastifyInstance, { ctx, leaving, noteRequest }: AppOptions): void {
  const wait = (ms: number): Promise<void> => setTimeout(ms, undefined, { signal: leaving }).catch(() => {});

  /** Gives an answer bit by bit. */
  async function* piecewise(answer: Buffer, delay_ms: number): AsyncGenerator<Buffer> {
    const size = Math.ceil(answer.length / PIECES);
    for (let at = 0; at < answer.length; at += size) {
      if (at > 0) await wait(delay_ms / PIECES);
      yield answer.subarray(at, at + size);
    }
  }

  sandbox.addHook('preHandler', async (request) => {
    if (request.routeOptions.config.operation !== 'createTransaction') return;
    request.chaos = await effectOf(ctx, request);
    const effect = request.chaos?.effect;
    if (effect === 'delay') await wait(request.chaos?.delay_ms ?? 0);
    if (effect === 'too_many_requests') fail('too_many_requests', { retry_after_s: 1 });
    if (effect === 'cut_before' || effect === 'service_unavailable') {
      fail('service_unavailable', { detail: 'chaos in the sandbox' });
    }
  });

  sandbox.addHook('onSend', async (request, reply, payload) => {
    const { chaos, caller, id: request_id, transactionId: transaction_id } = request;
    // An answer that fails on its way comes here once more, as an error.
    if (!chaos || chaos.isMet) return payload;
    chaos.isMet = true;
    const { effect, cause, number, delay_ms } = chaos;
    const client_id = caller?.client_id ?? null;
    const of = { distributor_id: distributorOf(request), client_id, request_id, transaction_id, event_id: null };
    await insertChaosEffects(ctx.store.db, [{ ...of, at: ctx.now(), effect, cause, number }]);
    if (effect === 'cut_before' || effect === 'cut_after') {
      // What is cut off never counts as answered, so it is noted here.
      noteRequest(request, reply);
      request.raw.socket.destroy();
      return payload;
    }
    void reply.header(CHAOS_HEADER, effect);
    // Where nobody waits any more, a stream would end as an error that is none.
    const isSlow = effect === 'slow' && !request.raw.socket.destroyed;
    return isSlow ? Readable.from(piecewise(Buffer.from(payload as string), delay_ms)) : payload;
  });
}

/** Tells what is played to an order while it is sold. Live, it is refused that one asks for it: the sale would be real. */
export function playedOutage({ chaos, headers, caller }: FastifyRequest): PlayedOutage | null {
  if (headers[HEADER] !== undefined && caller?.distributor?.world !== 'sandbox') {
    fail('invalid_header', { field: CHAOS_HEADER, detail: 'only the sandbox has chaos; nothing was sold' });
  }
  return chaos?.effect === 'bucket_empty' || chaos?.effect === 'supplier_down' ? chaos.effect : null;
}
