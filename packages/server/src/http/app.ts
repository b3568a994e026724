import { randomUUIDv7 } from 'node:crypto';
import type { Socket } from 'node:net';
import { BASES } from '@opentopup/contract';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyPluginAsync, LogController } from 'fastify';
import { answerError, answerRefusal, endCutRequests, keepFromCaches, refusalOf } from './answers.ts';
import type { AppOptions } from './app-options.ts';
import { guard, requireDistributor } from './auth.ts';
import { BODY_LIMIT, readJsonBodies, refuseCompressed, requireAccepted } from './json-body.ts';
import { answerForNode, answerMalformed } from './malformed.ts';
import { maskLines } from './mask-lines.ts';
import { refuseUnknownRoutes } from './not-found.ts';
import { limitRequests } from './request-limit.ts';
import { logRequests } from './request-log.ts';
import { accountRoutes } from './routes/accounts/index.ts';
import { alertRoutes } from './routes/alerts.ts';
import { callbackRoutes } from './routes/callbacks.ts';
import { consoleRoutes } from './routes/console.ts';
import { countryRoutes } from './routes/countries.ts';
import { customerMessageRoutes } from './routes/customer-messages.ts';
import { eventRoutes } from './routes/events.ts';
import { identificationRoutes } from './routes/identifications.ts';
import { keyRoutes } from './routes/keys.ts';
import { metricsRoute } from './routes/metrics.ts';
import { offerRoutes, priceRoutes } from './routes/offers.ts';
import { operatorRoutes } from './routes/operator/index.ts';
import { overviewRoute } from './routes/overview.ts';
import { ownCredentialRoutes } from './routes/own-credentials.ts';
import { referenceRoutes } from './routes/reference.ts';
import { healthRoutes, liveRoute } from './routes/service.ts';
import { settingsRoutes } from './routes/settings.ts';
import { simulatorRoute } from './routes/simulator.ts';
import { staffRoutes } from './routes/staff.ts';
import { offerStockRoute } from './routes/stock.ts';
import { supplierRoutes } from './routes/suppliers.ts';
import { tokenRoute } from './routes/token.ts';
import { transactionRoutes } from './routes/transactions.ts';
import { webhookRoutes } from './routes/webhooks.ts';

/** How long a client may take to send its request, and the head of it; how often that is looked at. In milliseconds. */
const REQUEST_TIMEOUT_MS = 30_000;
const HEAD_TIMEOUT_MS = 10_000;
const TIMEOUT_LOOK_EVERY_MS = 1_000;

/** The HTTP server, not yet listening. */
export async function createApp(options: AppOptions, logger: FastifyBaseLogger): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUIDv7(),
    requestIdHeader: false,
    bodyLimit: BODY_LIMIT,
    trustProxy: options.trustedProxy ?? false,
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: {
      headersTimeout: HEAD_TIMEOUT_MS,
      connectionsCheckingInterval: TIMEOUT_LOOK_EVERY_MS,
      requireHostHeader: false,
      // Of a header that may come once, Node.js would take the first and drop the others, unseen.
      joinDuplicateHeaders: true,
    },
    clientErrorHandler: (error, socket) => answerMalformed(logger, error, socket),
    // While it drains, requests that were already on the way are still served.
    return503OnClosing: false,
    // Addresses that cannot be read never reach a hook.
    frameworkErrors: (error, request, reply) => {
      void reply.header('X-Request-Id', request.id);
      answerRefusal(request, reply, refusalOf(error, request));
    },
  });
  app.decorateRequest('caller', null);
  app.decorateRequest('wording', null);
  app.setErrorHandler(answerError);
  logRequests(app);
  for (const watch of options.watchers) watch(app);
  await limitRequests(app);
  answerForNode(app);
  refuseUnknownRoutes(app);
  endConnectionsOnClosing(app);
  keepFromCaches(app);
  readJsonBodies(app);
  refuseCompressed(app);
  endCutRequests(app);
  maskLines(app, options.ctx);

  await app.register(healthRoutes, options);
  await app.register(metricsRoute, options);
  await app.register(referenceRoutes, options);
  await app.register(consoleRoutes, options);
  await app.register(tokenRoute, options);
  await app.register(accountRoutes, options);
  await app.register(operatorRoutes, options);
  await app.register(callbackRoutes, options);
  await app.register(distributor(options));
  return app;
}

/**
 * While the server drains, each answer is its connection's last: a client that keeps it open would delay the end. So would
 * one on which nothing has come yet, as some clients open in advance: Node.js takes it for busy.
 */
function endConnectionsOnClosing(app: FastifyInstance): void {
  let closing = false;
  const sockets = new Set<Socket>();
  app.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  app.addHook('preClose', async () => {
    closing = true;
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  });
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (closing) void reply.header('Connection', 'close');
    done(null, payload);
  });
}

/** What a distributor does: the wire, under each of its bases, and what is ours, in both worlds. */
function distributor(options: AppOptions): FastifyPluginAsync {
  return async (app) => {
    app.addHook('onRequest', requireAccepted);
    for (const { prefix, world } of BASES) {
      await app.register(liveRoute, { ...options, prefix });
      const wire = async (base: FastifyInstance): Promise<void> => {
        guard(base, requireDistributor(options, world));
        for (const routes of [countryRoutes, offerRoutes, transactionRoutes, supplierRoutes, keyRoutes]) {
          await base.register(routes, options);
        }
      };
      await app.register(wire, { prefix });
    }
    await app.register(async (ours) => {
      guard(ours, requireDistributor(options, null));
      await ours.register(priceRoutes, options);
      await ours.register(offerStockRoute, options);
      await ours.register(overviewRoute, options);
      await ours.register(alertRoutes, options);
      await ours.register(customerMessageRoutes, options);
      await ours.register(settingsRoutes, options);
      await ours.register(identificationRoutes, options);
      await ours.register(eventRoutes, options);
      await ours.register(webhookRoutes, options);
      await ours.register(simulatorRoute);
      await ours.register(staffRoutes, options);
      await ours.register(ownCredentialRoutes, options);
    });
  };
}
