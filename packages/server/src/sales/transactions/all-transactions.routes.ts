import { type AdminTransaction, OPERATOR_OPERATIONS, type Page } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '../../access/auth.ts';
import { seesMasked } from '../../access/mask-lines.ts';
import type { AppOptions } from '../../app-options.ts';
import { sendSheet, sheetFormOf } from '../../http/answer-sheet.ts';
import { answerRefusal, languageOf } from '../../http/answers.ts';
import { fail } from '../../http/refusal-error.ts';
import { serve } from '../../http/serve.ts';
import { decideTopup } from '../reconcile/decide-topup.ts';
import { findTransactionDetail, listTransactionDetails, type TransactionDetail } from './all-transactions.query.ts';
import { showCallLog } from './show-call-log.ts';
import type { TransactionFilter } from './transaction-conditions.query.ts';
import { countTransactionsOfAll } from './transaction-counts.query.ts';
import { transactionFilterOf } from './transaction-filter.ts';
import { eachTransaction } from './transaction-lists.query.ts';
import { findTransactionKey } from './transactions.query.ts';
import { wireTransactionDetail } from './transactions.wire.ts';
import { OPERATOR_COLUMNS, transactionsSheet } from './transactions-sheet.ts';

/** How many transactions a page has where the request does not say. */
const PAGE_SIZE = 100;

/** Serves the transactions of all distributors, and what a person decides about those without proof. */
export async function transactionDetailRoutes(app: FastifyInstance, options: AppOptions): Promise<void> {
  const { ctx, db, reports } = options;
  serve(app, OPERATOR_OPERATIONS.listTransactions, async ({ query }, request, reply) => {
    const { offset, limit, distributor = null, cursor, for: reader, ...filters } = query;
    const form = sheetFormOf(request, reader, 'transactions');
    const filter = {
      ...(await transactionFilterOf(options, filters, request)),
      ...(cursor !== undefined && { olderThan: cursor }),
    };
    const language = languageOf(request);
    const wire = (transaction: TransactionDetail): AdminTransaction => wireTransactionDetail(transaction, language);
    if (form) {
      const list = (part: TransactionFilter, page: Page) => listTransactionDetails(reports, page, part, distributor);
      const rows = eachTransaction(list, filter, { offset, limit });
      const sheet = await transactionsSheet(rows, wire, OPERATOR_COLUMNS, seesMasked(request), form);
      return sendSheet(reply, sheet, form, 'transactions');
    }
    return (await listTransactionDetails(db, { offset, limit: limit ?? PAGE_SIZE }, filter, distributor)).map(wire);
  });

  serve(app, OPERATOR_OPERATIONS.countTransactions, async ({ query: { distributor = null, ...filters } }, request) => ({
    count: await countTransactionsOfAll(db, await transactionFilterOf(options, filters, request), distributor),
  }));

  serve(app, OPERATOR_OPERATIONS.getTransaction, async ({ params }, request) => {
    const transaction = await findTransactionDetail(db, params.id);
    if (!transaction) fail('not_found', { detail: `transaction ${params.id} not found` });
    return wireTransactionDetail(transaction, languageOf(request));
  });

  serve(app, OPERATOR_OPERATIONS.listExchanges, async ({ params, query }, request) => {
    const key = await findTransactionKey(db, params.id);
    if (!key) fail('not_found', { detail: `transaction ${params.id} not found` });
    return showCallLog(ctx, params.id, query, seesMasked(request));
  });

  serve(app, OPERATOR_OPERATIONS.resolveTransaction, async ({ params, body }, request, reply) => {
    const decided = await decideTopup(ctx, params.id, body, actorOf(request));
    if ('reason' in decided) return answerRefusal(request, reply, decided);
    const transaction = await findTransactionDetail(db, params.id);
    if (!transaction) throw new Error('a transaction that was decided is not there');
    return reply.code(201).send(wireTransactionDetail(transaction, languageOf(request)));
  });
}
