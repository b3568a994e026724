import { DistributorTransaction, ROUTES } from '@opentopup/contract';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import type { Order } from '../../flows/check-order.ts';
import { createTopup } from '../../flows/create-topup.ts';
import { findTransaction, listTransactions } from '../../store/queries/transactions.ts';
import { answerRefusal, languageOf } from '../answers.ts';
import type { AppOptions } from '../app.ts';
import { idempotencyKeyOf } from '../idempotency-key.ts';
import { pageOf, pathId, transactionFilterOf } from '../parameters.ts';
import { fail } from '../refusal-error.ts';
import { supplierRefusal, wireTransaction } from '../wire.ts';

const REFERENCE_MAX = 255;

/** A free text of the distributor's: control characters have no place in it (and PostgreSQL cannot keep a NUL). */
function reference(body: Record<string, unknown>, field: 'user_id' | 'voucher_id'): string | null {
  const value = body[field] ?? null;
  if (value === null) return null;
  if (typeof value !== 'string' || /\p{Cc}/u.test(value) || !value.isWellFormed()) {
    fail('invalid_body_field', { field, detail: 'plain text is needed' });
  }
  if (value.length > REFERENCE_MAX) {
    fail('invalid_body_field', { field, detail: `${REFERENCE_MAX} characters at most` });
  }
  return value;
}

/** The order in a body; what it holds is checked against the offer later. */
function orderOf(body: unknown): Order {
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  const fields = isObject ? (body as Record<string, unknown>) : {};
  if (fields['offer_id'] === undefined || fields['offer_id'] === null) fail('missing_offer_id');
  return {
    offer_id: fields['offer_id'],
    parameters: fields['parameters'],
    user_id: reference(fields, 'user_id'),
    voucher_id: reference(fields, 'voucher_id'),
  };
}

/** The sale, and the transactions it leaves. */
export async function transactionRoutes(app: FastifyInstance, { flow, db }: AppOptions): Promise<void> {
  app.post(ROUTES.transactions, { schema: { response: { 201: DistributorTransaction } } }, async (request, reply) => {
    const order = orderOf(request.body);
    const idempotency = idempotencyKeyOf(request, order);
    const topup = await createTopup(flow, { distributor_id: request.distributorId, order, idempotency });
    if ('reason' in topup) return answerRefusal(request, reply, topup);

    const { transaction, replayed } = topup;
    request.transactionId = transaction.id;
    if (replayed) void reply.header('Idempotent-Replayed', 'true');
    if (transaction.status === 'ok' || transaction.status === 'pending') {
      return reply.code(201).send(wireTransaction(transaction, languageOf(request)));
    }
    return answerRefusal(request, reply, supplierRefusal(transaction));
  });

  app.get(
    ROUTES.transactions,
    { schema: { response: { 200: Type.Array(DistributorTransaction) } } },
    async (request) => {
      const filter = transactionFilterOf(request.query);
      const transactions = await listTransactions(db, request.distributorId, filter, pageOf(request.query));
      const language = languageOf(request);
      return transactions.map((transaction) => wireTransaction(transaction, language));
    },
  );

  app.get(ROUTES.transaction, { schema: { response: { 200: DistributorTransaction } } }, async (request) => {
    const id = pathId(request.params);
    const transaction = await findTransaction(db, request.distributorId, id);
    if (!transaction) fail('not_found', { detail: `transaction ${id} not found` });
    return wireTransaction(transaction, languageOf(request));
  });
}
