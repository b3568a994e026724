import { CustomerNotice, isOneLine, type Language, type OwnMessages, WIRE_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { distributorOf, hasSession, sellerOf } from '../../access/auth.ts';
import { seesMasked } from '../../access/mask-lines.ts';
import type { AppOptions } from '../../app-options.ts';
import { playedOutage } from '../../chaos/meet-chaos.ts';
import { esimNumbers, revealEsim } from '../../esims/profiles.ts';
import { sendSheet, sheetFormOf } from '../../http/answer-sheet.ts';
import { answerRefusal, languageOf, linkToNext } from '../../http/answers.ts';
import { instantOf } from '../../http/dates.ts';
import { fail } from '../../http/refusal-error.ts';
import { serve } from '../../http/serve.ts';
import { faultIn, PLAIN_TEXT_NEEDED } from '../../values/schema-fault.ts';
import type { NotificationRequest, ReceivedOrder } from '../check-order.ts';
import { createTopup } from '../create-topup.ts';
import { readWording } from '../customers/wording.ts';
import { idempotencyKeyOf } from '../idempotency/idempotency-key.header.ts';
import { findTopup } from '../parking/parked-topup.ts';
import { openReceipt } from '../receipts.ts';
import { listTransactions } from './read-transactions.ts';
import { countTransactions } from './transaction-counts.query.ts';
import { transactionFilterOf } from './transaction-filter.ts';
import { eachTransaction } from './transaction-lists.query.ts';
import type { TransactionRow } from './transactions.query.ts';
import { supplierRefusal, wireTransaction } from './transactions.wire.ts';
import { SHEET_COLUMNS, transactionsSheet } from './transactions-sheet.ts';

const REFERENCE_MAX = 255;
/** How many transactions a page has where the request does not say. */
const PAGE_SIZE = 100;

/** Reads a free text of the distributor's, which people read in lists. */
function reference(body: Record<string, unknown>, field: 'user_id' | 'voucher_id'): string | null {
  const value = body[field] ?? null;
  if (value === null) return null;
  if (typeof value !== 'string' || !isOneLine(value)) {
    fail('invalid_body_field', { field, detail: PLAIN_TEXT_NEEDED });
  }
  if (value.length > REFERENCE_MAX) {
    fail('invalid_body_field', { field, detail: `${REFERENCE_MAX} characters at most` });
  }
  return value;
}

/** Reads the most that may be charged; null where the body does not say. */
function maxPrice({ max_price }: Record<string, unknown>): number | null {
  if (max_price === undefined || max_price === null) return null;
  if (typeof max_price === 'number' && max_price >= 0) return max_price;
  return fail('invalid_body_field', { field: 'max_price', detail: 'an amount of 0 or more is needed' });
}

/** Reads what is asked for only where it is true. */
function isAsked(body: Record<string, unknown>, field: 'allow_repeat' | 'check_network'): boolean {
  const value = body[field] ?? false;
  if (typeof value === 'boolean') return value;
  return fail('invalid_body_field', { field, detail: 'true or false is needed' });
}

/** Reads how the end customer is to be told of the order; null where the body does not ask for it. */
function noticeOf({ notify }: Record<string, unknown>, language: Language): NotificationRequest | null {
  if (notify === undefined || notify === null) return null;
  const fault = faultIn(CustomerNotice, notify);
  if (fault)
    fail('invalid_body_field', { field: ['notify', fault.field].filter(Boolean).join('.'), detail: fault.message });
  const { email = null, sms = false, ...own } = notify as CustomerNotice;
  return { email, sms, language: own.language ?? language };
}

/** Reads until when the order may be parked; null where the body does not ask for it. */
function parkUntil({ on_empty, park_until }: Record<string, unknown>): Date | null {
  if (on_empty === undefined || on_empty === null || on_empty === 'refuse') return null;
  if (on_empty !== 'park') fail('invalid_body_field', { field: 'on_empty', detail: 'refuse or park is needed' });
  const until = typeof park_until === 'string' ? instantOf(park_until) : null;
  return until ?? fail('invalid_body_field', { field: 'park_until', detail: 'an RFC 3339 date-time is needed' });
}

/** Reads the order in a request; what it holds is checked against the offer later, in the words of the wire. */
function orderOf(request: FastifyRequest): ReceivedOrder {
  const { body } = request;
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  const fields = isObject ? (body as Record<string, unknown>) : {};
  if (fields['offer_id'] === undefined || fields['offer_id'] === null) fail('missing_offer_id');
  return {
    offer_id: fields['offer_id'],
    parameters: fields['parameters'],
    user_id: reference(fields, 'user_id') ?? sellerOf(request),
    voucher_id: reference(fields, 'voucher_id'),
    max_price: maxPrice(fields),
    allow_repeat: isAsked(fields, 'allow_repeat'),
    check_network: isAsked(fields, 'check_network'),
    park_until: parkUntil(fields),
    notify: noticeOf(fields, languageOf(request)),
  };
}

/** Serves the sale, and the transactions it leaves. */
export async function transactionRoutes(app: FastifyInstance, options: AppOptions): Promise<void> {
  const { ctx, db, reports } = options;
  const ownMessages = async (request: FastifyRequest): Promise<OwnMessages> =>
    (await ctx.store.catalogue.distributor(distributorOf(request)))?.own_messages ?? {};
  const sell = async (_: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const distributor_id = distributorOf(request);
    request.wording = await readWording(ctx, distributor_id);
    const order = orderOf(request);
    const idempotency = idempotencyKeyOf(request, order, options.idempotencyKeyLife_s);
    const played = playedOutage(request);
    const topup = await createTopup(ctx, { distributor_id, order, idempotency, played });
    request.wording = await readWording(ctx, distributor_id, order);
    if ('reason' in topup) return answerRefusal(request, reply, topup);

    const { transaction, replayed, parked } = topup;
    request.transactionId = transaction.id;
    if (replayed) void reply.header('Idempotent-Replayed', 'true');
    if (transaction.status !== 'ko' && transaction.status !== 'expired') {
      const esim = await revealEsim(ctx, transaction, hasSession(request));
      const receipt = openReceipt(ctx, transaction);
      const telling = { language: languageOf(request), own: request.wording.own, esim, receipt, parked };
      return reply.code(201).send(wireTransaction(transaction, telling));
    }
    return answerRefusal(request, reply, supplierRefusal(transaction));
  };
  serve(app, WIRE_OPERATIONS.createTransaction, sell, { rawBody: true });

  serve(app, WIRE_OPERATIONS.getDistributorTransactionList, async ({ query }, request, reply) => {
    const { offset, limit, cursor, for: reader, ...filters } = query;
    const form = sheetFormOf(request, reader, 'transactions');
    const filter = {
      ...(await transactionFilterOf(options, filters, request)),
      ...(cursor !== undefined && { olderThan: cursor }),
    };
    const language = languageOf(request);
    const own = await ownMessages(request);
    if (form) {
      const list = listTransactions.bind(null, { ...ctx.store, db: reports }, distributorOf(request));
      const rows = eachTransaction(list, filter, { offset, limit });
      const wire = (row: TransactionRow): object => wireTransaction(row, { language, own });
      const sheet = await transactionsSheet(rows, wire, SHEET_COLUMNS, seesMasked(request), form);
      return sendSheet(reply, sheet, form, 'transactions');
    }
    const size = limit ?? PAGE_SIZE;
    // One more than is answered tells whether there is a next page.
    const rows = await listTransactions(ctx.store, distributorOf(request), filter, { offset, limit: size + 1 });
    const page = rows.slice(0, size);
    const last = page.at(-1);
    if (rows.length > size && last) linkToNext(request, reply, { ...filters, limit: size, cursor: last.id });
    return page.map((each) => wireTransaction(each, { language, own, esim: esimNumbers(ctx, each) }));
  });

  serve(app, WIRE_OPERATIONS.getDistributorTransactionCount, async ({ query }, request) => ({
    count: await countTransactions(
      db.reads,
      distributorOf(request),
      await transactionFilterOf(options, query, request),
    ),
  }));

  serve(app, WIRE_OPERATIONS.getDistributorTransactionDetail, async ({ params }, request) => {
    const found = await findTopup(ctx, { distributor_id: distributorOf(request), id: params.id });
    if (!found) fail('not_found', { detail: `transaction ${params.id} not found` });
    const { transaction, parked } = found;
    const own = await ownMessages(request);
    const esim = await revealEsim(ctx, transaction, hasSession(request));
    const receipt = openReceipt(ctx, transaction);
    return wireTransaction(transaction, { language: languageOf(request), own, esim, receipt, parked });
  });
}
