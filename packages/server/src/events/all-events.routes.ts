import { EVENT_TYPES, OPERATOR_EVENT_TYPES, OPERATOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { actorOf, requireOperator } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import { serve } from '../http/serve.ts';
import { OPERATOR } from '../outbox/owners.ts';
import { EventStreams } from './event-stream.ts';
import { answerPage, lastEventOf, typesOf } from './events.routes.ts';
import type { ShownEvent } from './show-events.ts';

/** Most streams of the operator, in this process. */
const STREAMS = 50;

const TYPES = [...EVENT_TYPES, ...OPERATOR_EVENT_TYPES];

const wireEvent = ({ row: { distributor_id }, event }: ShownEvent) => ({
  ...(distributor_id !== OPERATOR && { distributor_id }),
  event,
});

/** What happens to all distributors. */
export async function allEventRoutes(app: FastifyInstance, options: AppOptions): Promise<void> {
  const { ctx, db } = options;
  const streams = new EventStreams(app, ctx, db);
  const admit = requireOperator(options);

  serve(app, OPERATOR_OPERATIONS.listAllEvents, async ({ query }, request, reply) =>
    (await answerPage(options, request, reply, query, query.distributor ?? null, TYPES)).map(wireEvent),
  );

  serve(app, OPERATOR_OPERATIONS.streamAllEvents, async ({ query }, request, reply) => {
    const distributor_id = query.distributor ?? null;
    const from = await lastEventOf(request, db, distributor_id);
    const types = typesOf(query, TYPES);
    const asked = { distributor_id, types, from, client: actorOf(request), most: STREAMS, admit, body: wireEvent };
    return streams.answer(request, reply, asked);
  });
}
