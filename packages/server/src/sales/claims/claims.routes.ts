import { OPERATOR_OPERATIONS, type Refusal } from '@opentopup/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { actorOf, sellerOf } from '../../access/auth.ts';
import type { AppOptions } from '../../app-options.ts';
import { answerRefusal, languageOf } from '../../http/answers.ts';
import { serve } from '../../http/serve.ts';
import { findTransactionDetail } from '../transactions/all-transactions.query.ts';
import { wireTransactionDetail } from '../transactions/transactions.wire.ts';
import { type Claimant, claimSale, handBackSale } from './claim-sale.ts';

const claimantOf = (request: FastifyRequest): Claimant => ({ actor: actorOf(request), account_id: sellerOf(request) });

/** Serves who takes care of sales without an outcome. */
export async function claimRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  const answer = async (id: string, done: string | Refusal, request: FastifyRequest, reply: FastifyReply) => {
    if (typeof done === 'object') return answerRefusal(request, reply, done);
    const transaction = await findTransactionDetail(db, id);
    if (!transaction) throw new Error('a transaction that was claimed is not there');
    return wireTransactionDetail(transaction, languageOf(request));
  };
  serve(app, OPERATOR_OPERATIONS.claimTransaction, async ({ params, body }, request, reply) => {
    const done = await claimSale(ctx, params.id, claimantOf(request), body.take_over === true);
    return answer(params.id, done, request, reply);
  });
  serve(app, OPERATOR_OPERATIONS.handBackTransaction, async ({ params }, request, reply) =>
    answer(params.id, await handBackSale(ctx, params.id, claimantOf(request)), request, reply),
  );
}
