import { DISTRIBUTOR_OPERATIONS, RECEIPT_CODE, type StaffLanguage } from '@opentopup/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { distributorOf } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import { staffLanguageOf } from '../http/answers.ts';
import { orFail } from '../http/refusal-error.ts';
import { serve } from '../http/serve.ts';
import { checkReceipt, proveReceipt } from './prove-receipt.ts';
import { PUBLIC_PAGE_HEADERS } from './public-page.ts';
import { receiptPage } from './receipt-page.ts';

/** So many codes somebody may try in a minute: they are long enough that nobody guesses one. */
const PER_NETWORK = { perNetwork: 60 };
const CODE = new RegExp(RECEIPT_CODE);

/** Serves what lets the receipts of a distributor prove themselves. */
export async function receiptProofRoute(app: FastifyInstance, { ctx }: AppOptions): Promise<void> {
  serve(app, DISTRIBUTOR_OPERATIONS.getReceiptProof, async ({ params }, request) =>
    orFail(await proveReceipt(ctx, { distributor_id: distributorOf(request), id: params.id })),
  );
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
