import { DISTRIBUTOR_OPERATIONS, OPERATOR_OPERATIONS, RECEIPT_CODE, type StaffLanguage } from '@opentopup/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { actorOf, distributorOf } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import { languageOf, staffLanguageOf } from '../http/answers.ts';
import { fail, orFail } from '../http/refusal-error.ts';
import { serve } from '../http/serve.ts';
import { checkReceipt, proveReceipt } from './prove-receipt.ts';
import { PUBLIC_PAGE_HEADERS } from './public-page.ts';
import { findByReceiptCode } from './receipt-codes.query.ts';
import { receiptPage } from './receipt-page.ts';
import { sendReceipt } from './send-receipt.ts';

/** So many codes somebody may try in a minute: they are long enough that nobody guesses one. */
const PER_NETWORK = { perNetwork: 60 };
const CODE = new RegExp(RECEIPT_CODE);

/** Serves the receipts of a distributor: what proves them, sends them, and finds their sales. */
export async function receiptRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  serve(app, DISTRIBUTOR_OPERATIONS.getReceiptProof, async ({ params }, request) =>
    orFail(await proveReceipt(ctx, { distributor_id: distributorOf(request), id: params.id })),
  );

  serve(app, DISTRIBUTOR_OPERATIONS.sendReceipt, async ({ params, body }, request, reply) => {
    const asked = { notice: body, language: languageOf(request), actor: actorOf(request) };
    const key = { distributor_id: distributorOf(request), id: params.id };
    return reply.code(201).send(orFail(await sendReceipt(ctx, key, asked)));
  });

  serve(app, DISTRIBUTOR_OPERATIONS.findReceipt, async ({ params }, request) => {
    const sale = await findByReceiptCode(db, params.code.toUpperCase());
    return sale?.distributor_id === distributorOf(request) ? { transaction_id: sale.transaction_id } : noReceipt();
  });
}

const noReceipt = (): never => fail('not_found', { detail: 'there is no receipt with this code' });

/** Serves the sales of all receipts, for the operator. */
export async function anyReceiptRoute(app: FastifyInstance, { db }: AppOptions): Promise<void> {
  serve(app, OPERATOR_OPERATIONS.findAnyReceipt, async ({ params }) => {
    const sale = await findByReceiptCode(db, params.code.toUpperCase());
    return sale ? { transaction_id: sale.transaction_id } : noReceipt();
  });
}

/** Returns the language of a page: the one that was clicked, else that of the browser. */
export function pageLanguageOf(request: FastifyRequest): StaffLanguage {
  const { language } = request.query as { language?: unknown };
  return language === 'fr' || language === 'en' ? language : staffLanguageOf(request);
}

/** Serves the page by which anybody checks a receipt. */
export async function receiptPageRoute(app: FastifyInstance, { ctx }: AppOptions): Promise<void> {
  app.get<{ Params: { code: string } }>('/r/:code', { config: PER_NETWORK }, async (request, reply) => {
    const { code } = request.params;
    const receipt = CODE.test(code) ? await checkReceipt(ctx, code) : null;
    const page = receiptPage(receipt, pageLanguageOf(request));
    return reply
      .code(receipt ? 200 : 404)
      .headers(PUBLIC_PAGE_HEADERS)
      .send(page);
  });
}
