import { DISTRIBUTOR_OPERATIONS, type NewWebhook } from '@opentopup/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { actorOf, distributorOf } from '../access/auth.ts';
import type { AppOptions } from '../app-options.ts';
import { fail, orFail } from '../http/refusal-error.ts';
import { serve } from '../http/serve.ts';
import { findDelivery, findWebhook, listDeliveries, listWebhooks } from './webhooks.query.ts';
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  noWebhook,
  resendDelivery,
  rotateWebhook,
  testWebhook,
  type WebhookWithSecret,
} from './webhooks.ts';
import { wireDelivery, wireWebhook } from './webhooks.wire.ts';

/** Sends the one answer that holds the secret. */
function answerSecret(reply: FastifyReply, { webhook, secret }: WebhookWithSecret): FastifyReply {
  const body: NewWebhook = { ...wireWebhook(webhook), secret };
  return reply.code(201).send(body);
}

/** Endpoints of a distributor, and how events fared there. */
export async function webhookRoutes(app: FastifyInstance, { ctx, db }: AppOptions): Promise<void> {
  const keyOf = ({ id }: { id: string }, request: FastifyRequest) => ({ distributor_id: distributorOf(request), id });

  serve(app, DISTRIBUTOR_OPERATIONS.createWebhook, async ({ body }, request, reply) =>
    answerSecret(reply, orFail(await createWebhook(ctx, distributorOf(request), body, actorOf(request)))),
  );

  serve(app, DISTRIBUTOR_OPERATIONS.listWebhooks, async (_, request) =>
    (await listWebhooks(db, distributorOf(request))).map(wireWebhook),
  );

  serve(app, DISTRIBUTOR_OPERATIONS.getWebhook, async ({ params }, request) =>
    wireWebhook(orFail((await findWebhook(db, distributorOf(request), params.id)) ?? noWebhook(params))),
  );

  serve(app, DISTRIBUTOR_OPERATIONS.changeWebhook, async ({ params, body }, request) =>
    wireWebhook(orFail(await changeWebhook(ctx, keyOf(params, request), body, actorOf(request)))),
  );

  serve(app, DISTRIBUTOR_OPERATIONS.rotateWebhook, async ({ params, body }, request, reply) =>
    answerSecret(reply, orFail(await rotateWebhook(ctx, keyOf(params, request), body, actorOf(request)))),
  );

  serve(app, DISTRIBUTOR_OPERATIONS.testWebhook, async ({ params }, request, reply) =>
    reply.code(201).send(wireDelivery(orFail(await testWebhook(ctx, keyOf(params, request))))),
  );

  serve(app, DISTRIBUTOR_OPERATIONS.listDeliveries, async ({ params, query }, request) => {
    const webhook = orFail((await findWebhook(db, distributorOf(request), params.id)) ?? noWebhook(params));
    return (await listDeliveries(db, webhook, query, query.status)).map(wireDelivery);
  });

  serve(app, DISTRIBUTOR_OPERATIONS.getDelivery, async ({ params }, request) => {
    const webhook = orFail((await findWebhook(db, distributorOf(request), params.id)) ?? noWebhook(params));
    const delivery = await findDelivery(db, webhook.distributor_id, webhook.id, params.event_id);
    return delivery ? wireDelivery(delivery) : fail('not_found', { detail: `delivery ${params.event_id} not found` });
  });

  serve(app, DISTRIBUTOR_OPERATIONS.resendDelivery, async ({ params }, request, reply) =>
    reply.code(201).send(wireDelivery(orFail(await resendDelivery(ctx, keyOf(params, request), params.event_id)))),
  );

  serve(app, DISTRIBUTOR_OPERATIONS.deleteWebhook, async ({ params }, request) =>
    wireWebhook(orFail(await deleteWebhook(ctx, keyOf(params, request), actorOf(request)))),
  );
}
