import { OPERATOR_OPERATIONS, type StockAt, wireDate } from '@opentopup/contract';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { actorOf } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import { findOfferDetail } from '../catalogue/offers/offer-details.query.ts';
import { instantIn } from '../http/dates.ts';
import { fail, orFail } from '../http/refusal-error.ts';
import { serve } from '../http/serve.ts';
import { readStock } from '../stock/read-stock.ts';
import { wireStock } from '../stock/stock.wire.ts';
import { stockSpanOf } from '../stock/stock-span.ts';
import { bookStock } from './book-stock.ts';
import { wireBooking, wireMovement } from './bookings.wire.ts';
import { followProof } from './follow-proof.ts';
import { listMovements, stockAt } from './movements.query.ts';
import { verifyLedger } from './verify-ledger.ts';

/** Serves the proof of the ledger, and what it says of the past. */
export async function ledgerRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, OPERATOR_OPERATIONS.verifyLedger, ({ query }) => verifyLedger(ctx, { offerId: query.offer }));

  const closing = new AbortController();
  // A stream that is open would keep the server from ending.
  app.addHook('preClose', async () => closing.abort());
  serve(app, OPERATOR_OPERATIONS.followVerification, async ({ query }, _request, reply) =>
    followProof(ctx, { offerId: query.offer }, reply, closing.signal),
  );

  serve(app, OPERATOR_OPERATIONS.getStockAt, async ({ params, query }): Promise<StockAt> => {
    const date = query.at === undefined ? ctx.now() : instantIn(query.at, 'at');
    const stock = await stockAt(db, params.id, date);
    if (!stock) return fail('not_found', { detail: `offer ${params.id} not found` });
    const { distributor_id, ...bucket } = stock;
    return { offer_id: params.id, distributor_id, date: wireDate(date), bucket };
  });
}

type BookingOutcome = Awaited<ReturnType<typeof bookStock>>;

function answerBooking(reply: FastifyReply, outcome: BookingOutcome): FastifyReply {
  const { booked, isNew } = orFail(outcome);
  return reply.code(isNew ? 201 : 200).send(wireBooking(booked));
}

/** Serves an offer's stock, and its ledger. */
export async function stockRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, OPERATOR_OPERATIONS.createGrant, async ({ params, body }, request, reply) =>
    answerBooking(reply, await bookStock(ctx, { kind: 'grant', offer_id: params.id, ...body }, actorOf(request))),
  );

  serve(app, OPERATOR_OPERATIONS.createAdjustment, async ({ params, body }, request, reply) =>
    answerBooking(reply, await bookStock(ctx, { kind: 'adjust', offer_id: params.id, ...body }, actorOf(request))),
  );

  serve(app, OPERATOR_OPERATIONS.listMovements, async ({ params, query }) => {
    const movements = await listMovements(db, params.id, query);
    return movements ? movements.map(wireMovement) : fail('not_found', { detail: `offer ${params.id} not found` });
  });

  serve(app, OPERATOR_OPERATIONS.getStockForecast, async ({ params, query }) => {
    const span = stockSpanOf(query, ctx.now());
    const offer = await findOfferDetail(db, params.id);
    const stock = offer && (await readStock(ctx, { ...offer, offer_id: offer.id, ...span }));
    return stock ? wireStock(stock, span.step) : fail('not_found', { detail: `offer ${params.id} not found` });
  });
}
