import { SUPPLIER_OPERATIONS } from '@opentopup/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AppOptions } from '../../app-options.ts';
import { answerRefusal } from '../../http/answers.ts';
import { serve } from '../../http/serve.ts';
import { takeCallback } from './take-callback.ts';

/**
 * Serves what suppliers tell on their own. The body is theirs, so it is not read here: connectors check it as it came.
 */
export async function callbackRoutes(app: FastifyInstance, { ctx }: AppOptions): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  const take = async ({ params }: { params: { id: string } }, request: FastifyRequest, reply: FastifyReply) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const refusal = await takeCallback(ctx, params.id, { headers: request.headers, body });
    return refusal ? answerRefusal(request, reply, refusal) : { status: 'taken' };
  };
  // Suppliers look whether somebody is there before they take the address. It tells nobody which suppliers there are.
  app.head('/suppliers/:id/callbacks', async (_request, reply) => reply.send());
  serve(app, SUPPLIER_OPERATIONS.takeSupplierCallback, take, { rawBody: true });
}
