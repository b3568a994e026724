import { Readable } from 'node:stream';
import type { EventType, OperatorEventType } from '@opentopup/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { masked, seesMasked } from '../access/mask-lines.ts';
import type { Context } from '../context.ts';
import type { Query } from '../database/database.ts';
import { languageOf } from '../http/answers.ts';
import { fail } from '../http/refusal-error.ts';
import { EventNews } from './event-news.ts';
import { findHorizon, listEvents, type Position } from './events.query.ts';
import { type ShownEvent, showEvents } from './show-events.ts';

/** How many events are read at once. */
const CHUNK = 200;
/** How often is looked whether the client may still listen, and how often it is told that the stream is alive. */
const LOOK_EVERY_MS = 2_000;
const BEAT_EVERY_MS = 15_000;
/** How long clients that reconnect by themselves wait before they do, in milliseconds. */
const RECONNECT_MS = 2_000;

export interface StreamRequest {
  /** Null: of all. */
  distributor_id: string | null;
  /** Absent: all. */
  types: readonly (EventType | OperatorEventType)[] | undefined;
  /** Begins behind it; null: now. */
  from: Position | null;
  /** Who listens, and how many streams it may have. */
  client: string;
  most: number;
  /** Ends the stream by throwing, once the client may not listen any more. */
  admit: (request: FastifyRequest) => Promise<unknown>;
  /** What is told of an event. */
  body: (shown: ShownEvent) => object;
}

/** Streams of server-sent events (HTML Living Standard, 9.2). */
export class EventStreams {
  readonly #ctx: Context;
  readonly #db: Query;
  readonly #news: EventNews;
  readonly #open = new Map<string, number>();
  readonly #closing = new AbortController();

  constructor(app: FastifyInstance, ctx: Context, db: Query) {
    this.#ctx = ctx;
    this.#db = db;
    this.#news = new EventNews(db);
    // An open stream would keep the server from ending.
    app.addHook('preClose', async () => this.#closing.abort());
  }

  async answer(request: FastifyRequest, reply: FastifyReply, asked: StreamRequest): Promise<FastifyReply> {
    const { client, most } = asked;
    const open = this.#open.get(client) ?? 0;
    if (open >= most) {
      void reply.header('Retry-After', '5');
      fail('too_many_streams', { detail: String(most) });
    }
    this.#open.set(client, open + 1);
    const gone = new AbortController();
    reply.raw.once('close', () => {
      gone.abort();
      const left = (this.#open.get(client) ?? 1) - 1;
      if (left > 0) this.#open.set(client, left);
      else this.#open.delete(client);
    });
    const from = asked.from ?? (await findHorizon(this.#db, asked.distributor_id));
    const signal = AbortSignal.any([gone.signal, this.#closing.signal]);
    void reply.headers({
      'Content-Type': 'text/event-stream',
      'X-Accel-Buffering': 'no',
      // A connection that is kept after its stream has ended would keep the server from ending.
      Connection: 'close',
    });
    return reply.send(Readable.from(this.#frames(request, asked, from, signal)));
  }

  async *#frames(
    request: FastifyRequest,
    { distributor_id, types, admit, body }: StreamRequest,
    from: Position,
    signal: AbortSignal,
  ): AsyncGenerator<string> {
    const listener = this.#news.listen(distributor_id, from);
    const language = languageOf(request);
    // A stream is no answer that is serialised, so the hook that masks those does not see it.
    const told = (event: object): unknown => (seesMasked(request) ? masked(event) : event);
    let beat_ms = performance.now();
    try {
      yield `retry: ${RECONNECT_MS}\n\n`;
      while (!signal.aborted && (await isAdmitted(admit, request))) {
        if (listener.takeNews()) {
          const filter = { distributor_id, order: 'oldest', from: listener.position } as const;
          const rows = await listEvents(this.#db, filter, CHUNK);
          const wanted = types ? rows.filter(({ kind }) => types.includes(kind)) : rows;
          for (const shown of await showEvents(this.#ctx, wanted, language)) {
            const { id, type } = shown.event;
            yield `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(told(body(shown)))}\n\n`;
            beat_ms = performance.now();
          }
          listener.position = rows.at(-1) ?? listener.position;
          if (rows.length === CHUNK) listener.tell();
        }
        if (performance.now() - beat_ms >= BEAT_EVERY_MS) {
          beat_ms = performance.now();
          yield ':\n\n';
        }
        await listener.wait(LOOK_EVERY_MS, signal);
      }
    } finally {
      this.#news.leave(listener);
    }
  }
}

async function isAdmitted(admit: StreamRequest['admit'], request: FastifyRequest): Promise<boolean> {
  return admit(request).then(
    () => true,
    () => false,
  );
}
