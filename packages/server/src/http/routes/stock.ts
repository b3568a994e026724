import { type Booking, OPERATOR_OPERATIONS, type Refusal, wireDate } from '@opentopup/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { bookStock } from '../../flows/book-stock.ts';
import { answerRefusal } from '../answers.ts';
import type { AppOptions } from '../app.ts';
import { serve } from '../serve.ts';

type Outcome = Awaited<ReturnType<typeof bookStock>>;

function answerBooking(request: FastifyRequest, reply: FastifyReply, outcome: Outcome | Refusal): FastifyReply {
  if ('reason' in outcome) return answerRefusal(request, reply, outcome);
  const { at, kind: _, ...booked } = outcome.booked;
  const body: Booking = { ...booked, creation_date: wireDate(at) };
  return reply.code(outcome.isNew ? 201 : 200).send(body);
}

/** What the operator does with an offer's stock. */
export async function stockRoutes(app: FastifyInstance, { flow }: AppOptions): Promise<void> {
  serve(app, OPERATOR_OPERATIONS.createGrant, async ({ params, body }, request, reply) =>
    answerBooking(request, reply, await bookStock(flow, { kind: 'grant', offer_id: params.id, ...body })),
  );
}
