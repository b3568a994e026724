import { OPERATOR_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { decideTopup } from '../../../flows/decide-topup.ts';
import { showExchanges } from '../../../flows/show-exchanges.ts';
import { findTransactionDetail, listTransactionDetails } from '../../../store/queries/operator/transactions.ts';
import { findTransactionKey } from '../../../store/queries/transactions.ts';
import { answerRefusal, languageOf } from '../../answers.ts';
import type { AppOptions } from '../../app.ts';
import { actorOf } from '../../auth.ts';
import { seesMasked } from '../../mask-lines.ts';
import { wireTransactionDetail } from '../../operator-wire.ts';
import { transactionFilterOf } from '../../parameters.ts';
import { fail } from '../../refusal-error.ts';
import { serve } from '../../serve.ts';

/** The transactions of all distributors, and what a person decides about those without proof. */
export async function transactionDetailRoutes(app: FastifyInstance, { flow, db }: AppOptions): Promise<void> {
  serve(app, OPERATOR_OPERATIONS.listTransactions, async ({ query }, request) => {
    const { offset, limit, distributor, cursor, ...filters } = query;
    const filter = { ...transactionFilterOf(filters), ...(cursor !== undefined && { olderThan: cursor }) };
    const transactions = await listTransactionDetails(db, { offset, limit }, filter, distributor ?? null);
    const language = languageOf(request);
    return transactions.map((transaction) => wireTransactionDetail(transaction, language));
  });

  serve(app, OPERATOR_OPERATIONS.getTransaction, async ({ params }, request) => {
    const transaction = await findTransactionDetail(db, params.id);
    if (!transaction) fail('not_found', { detail: `transaction ${params.id} not found` });
    return wireTransactionDetail(transaction, languageOf(request));
  });

  serve(app, OPERATOR_OPERATIONS.listExchanges, async ({ params, query }, request) => {
    const key = await findTransactionKey(db, params.id);
    if (!key) fail('not_found', { detail: `transaction ${params.id} not found` });
    return showExchanges(flow, params.id, query, seesMasked(request));
  });

  serve(app, OPERATOR_OPERATIONS.resolveTransaction, async ({ params, body }, request, reply) => {
    const decided = await decideTopup(flow, params.id, body, actorOf(request));
    if ('reason' in decided) return answerRefusal(request, reply, decided);
    const transaction = await findTransactionDetail(db, params.id);
    if (!transaction) throw new Error('a transaction that was decided is not there');
    return reply.code(201).send(wireTransactionDetail(transaction, languageOf(request)));
  });
}
