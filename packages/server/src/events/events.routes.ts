import {
  DISTRIBUTOR_OPERATIONS,
  EVENT_TYPES,
  type EventType,
  isUuid,
  OPERATOR_EVENT_TYPES,
  OPERATOR_OPERATIONS,
  type OperatorEventType,
} from '@opentopup/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { actorOf, distributorOf, requireDistributor, requireOperator, sandboxOf } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import type { Query } from '../database/database.ts';
import { languageOf, linkToNext } from '../http/answers.ts';
import { fail } from '../http/refusal-error.ts';
import { serve } from '../http/serve.ts';
import { OPERATOR } from '../outbox/owners.ts';
import { EventStreams } from './event-stream.ts';
import { findPosition, listEvents, type Position } from './events.query.ts';
import { type ShownEvent, showEvents } from './show-events.ts';
import { triggerEvent } from './trigger-event.ts';

/** Most streams of one client, in this process. */
const STREAMS = 10;

/** Types in a query, separated by commas; of those that may be asked for. */
function typesOf<T extends string>({ types }: { types?: string }, all: readonly T[]): T[] | undefined {
  return types?.split(',').map((type) => {
    const known = all.find((each) => each === type);
    return known ?? fail('invalid_query_parameter', { field: 'types', detail: `there is no type ${type}` });
  });
}

/** Tells where a cursor stands; the same answer to what never was and to what is not kept any more. */
async function positionOf(on: Pick<Query, 'query'>, cursor: string, distributorId: string | null): Promise<Position> {
  return (await findPosition(on, cursor, distributorId)) ?? fail('event_gone', { detail: cursor });
}

/** Tells where a stream is to begin: behind the last event that the client has, or null for now. */
async function lastEventOf({ headers }: FastifyRequest, on: Query, owner: string | null): Promise<Position | null> {
  const id = headers['last-event-id'];
  if (id === undefined || id === '') return null;
  if (!isUuid(id)) return fail('invalid_header', { field: 'Last-Event-ID', detail: 'the id of an event is needed' });
  return positionOf(on, id.toLowerCase(), owner);
}

interface EventQuery {
  types?: string;
  order: 'oldest' | 'newest';
  cursor?: string;
  limit: number;
}

/** Reads a page of events, with a link to the next one as long as there may be more. */
async function answerPage(
  { ctx, db }: AppOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  query: EventQuery,
  distributor_id: string | null,
  all: readonly (EventType | OperatorEventType)[] = EVENT_TYPES,
): Promise<ShownEvent[]> {
  const { order, cursor, limit } = query;
  const types = typesOf(query, all);
  const from = cursor === undefined ? undefined : await positionOf(db.reads, cursor, distributor_id);
  const rows = await listEvents(
    db.reads,
    { distributor_id, order, ...(from && { from }), ...(types && { types }) },
    limit,
  );
  const last = rows.at(-1);
  if (rows.length === limit && last) {
    const { cursor: _, ...rest } = query;
    linkToNext(request, reply, { ...rest, cursor: last.id });
  }
  return showEvents(ctx, rows, languageOf(request));
}

/** Serves what happens, for the distributor to whom it happens. */
export async function eventRoutes(app: FastifyInstance, options: AppOptions): Promise<void> {
  const { ctx, db } = options;
  const streams = new EventStreams(app, ctx, db);
  const admit = requireDistributor(options, null);

  serve(app, DISTRIBUTOR_OPERATIONS.listEvents, async ({ query }, request, reply) =>
    (await answerPage(options, request, reply, query, distributorOf(request))).map(({ event }) => event),
  );

  serve(app, DISTRIBUTOR_OPERATIONS.streamEvents, async ({ query }, request, reply) => {
    const distributor_id = distributorOf(request);
    const from = await lastEventOf(request, db, distributor_id);
    const types = typesOf(query, EVENT_TYPES);
    const body = ({ event }: ShownEvent): object => event;
    return streams.answer(request, reply, {
      distributor_id,
      types,
      from,
      client: actorOf(request),
      most: STREAMS,
      admit,
      body,
    });
  });

  serve(app, DISTRIBUTOR_OPERATIONS.triggerEvent, async ({ body }, request, reply) =>
    reply.code(201).send(await triggerEvent(ctx, sandboxOf(request), body)),
  );
}

/** Most streams of the operator, in this process. */
const OPERATOR_STREAMS = 50;

const ALL_TYPES = [...EVENT_TYPES, ...OPERATOR_EVENT_TYPES];

const wireEvent = ({ row: { distributor_id }, event }: ShownEvent) => ({
  ...(distributor_id !== OPERATOR && { distributor_id }),
  event,
});

/** Serves what happens to all distributors. */
export async function allEventRoutes(app: FastifyInstance, options: AppOptions): Promise<void> {
  const { ctx, db } = options;
  const streams = new EventStreams(app, ctx, db);
  const admit = requireOperator(options);

  serve(app, OPERATOR_OPERATIONS.listAllEvents, async ({ query }, request, reply) =>
    (await answerPage(options, request, reply, query, query.distributor ?? null, ALL_TYPES)).map(wireEvent),
  );

  serve(app, OPERATOR_OPERATIONS.streamAllEvents, async ({ query }, request, reply) => {
    const distributor_id = query.distributor ?? null;
    const from = await lastEventOf(request, db, distributor_id);
    const types = typesOf(query, ALL_TYPES);
    const asked = {
      distributor_id,
      types,
      from,
      client: actorOf(request),
      most: OPERATOR_STREAMS,
      admit,
      body: wireEvent,
    };
    return streams.answer(request, reply, asked);
  });
}
