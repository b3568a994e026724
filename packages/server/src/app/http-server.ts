import { randomUUIDv7 } from 'node:crypto';
import type { Socket } from 'node:net';
import { BASES } from '@opentopup/contract';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyPluginAsync, LogController } from 'fastify';
import { staffRoutes } from '../access/accounts/accounts.routes.ts';
import { guard, requireDistributor } from '../access/auth.ts';
import { ownCredentialRoutes } from '../access/credentials/credentials.routes.ts';
import { maskLines } from '../access/mask-lines.ts';
import { accountRoutes } from '../access/sessions/sessions.routes.ts';
import { ownProviderRoutes } from '../access/sign-on/sign-on.routes.ts';
import { tokenRoute } from '../access/tokens.routes.ts';
import { agentRoutes } from '../agents/agents.routes.ts';
import type { AppOptions } from '../app-options.ts';
import { countryRoutes } from '../catalogue/currencies.routes.ts';
import { offerRoutes, priceRoutes } from '../catalogue/offers/offers.routes.ts';
import { chaosRoutes } from '../chaos/chaos.routes.ts';
import { meetChaos } from '../chaos/meet-chaos.ts';
import { simulatorRoute } from '../connectors/simulator.routes.ts';
import { openLinkRoutes, ownDisputeRoutes } from '../disputes/disputes.routes.ts';
import { receiptSettingsRoutes, sandboxClockRoutes, settingsRoutes } from '../distributors/distributors.routes.ts';
import { esimRoutes } from '../esims/esims.routes.ts';
import { identificationRoutes } from '../esims/identification.routes.ts';
import { publicKeyRoutes } from '../esims/public-key.routes.ts';
import { eventRoutes } from '../events/events.routes.ts';
import { answerError, answerRefusal, endCutRequests, keepFromCaches, refusalOf } from '../http/answers.ts';
import { BODY_LIMIT, readJsonBodies, refuseCompressed, requireAccepted } from '../http/json-body.ts';
import { limitRequests } from '../http/request-limit.ts';
import { lateChildren, logRequests } from '../http/request-log.ts';
import { lookupRoutes } from '../lookups/lookup.routes.ts';
import { customerMessageRoutes } from '../messages/customer-messages.routes.ts';
import { receiptPageRoute, receiptRoutes } from '../proofs/proofs.routes.ts';
import { ownRefillRoutes } from '../refills/refills.routes.ts';
import { overviewRoute } from '../reports/overview.routes.ts';
import { requestRoutes } from '../requests/requests.routes.ts';
import { reversalRequestRoutes } from '../reversals/reversals.routes.ts';
import { parkingRoutes } from '../sales/parking/parking.routes.ts';
import { callbackRoutes } from '../sales/reconcile/callbacks.routes.ts';
import { attemptRoute } from '../sales/transactions/attempts.routes.ts';
import { transactionTotalsRoute } from '../sales/transactions/transaction-totals.routes.ts';
import { transactionRoutes } from '../sales/transactions/transactions.routes.ts';
import { publishedKeyRoute } from '../signing/document-keys.routes.ts';
import { supplierRoutes } from '../sims/sims.routes.ts';
import { statementRoutes } from '../statements/statements.routes.ts';
import { alertRoutes, offerStockRoute } from '../stock/stock.routes.ts';
import { webhookRoutes } from '../webhooks/webhooks.routes.ts';
import { consoleRoutes } from './console.routes.ts';
import { answerForNode, answerMalformed } from './malformed.ts';
import { refuseUnknownRoutes } from './not-found.ts';
import { operatorRoutes } from './operator.routes.ts';
import { referenceRoutes } from './reference.routes.ts';
import { healthRoutes, liveRoute, metricsRoute } from './service.routes.ts';

/** How long a client may take to send its request, and the head of it; how often that is looked at. In milliseconds. */
const REQUEST_TIMEOUT_MS = 30_000;
const HEAD_TIMEOUT_MS = 10_000;
const TIMEOUT_LOOK_EVERY_MS = 1_000;

/** Creates the HTTP server, not yet listening. */
export async function createApp(options: AppOptions, logger: FastifyBaseLogger): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    childLoggerFactory: lateChildren(logger),
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
  app.decorateRequest('chaos', null);
  app.decorateRequest('wording', null);
  app.setErrorHandler(answerError);
  logRequests(app, options.noteRequest);
  for (const watch of options.watchers) watch(app);
  limitRequests(app);
  answerForNode(app);
  refuseUnknownRoutes(app, options);
  endConnectionsOnClosing(app);
  keepFromCaches(app);
  readJsonBodies(app);
  refuseCompressed(app);
  endCutRequests(app);
  maskLines(app, options.ctx);

  await app.register(healthRoutes, options);
  await app.register(metricsRoute, options);
  await app.register(publishedKeyRoute, options);
  await app.register(receiptPageRoute, options);
  await app.register(openLinkRoutes, options);
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
 * Makes each answer its connection's last while the server drains: a client that keeps it open would delay the end. So
 * would one on which nothing has come yet, as some clients open in advance: Node.js takes it for busy.
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

/** Serves what a distributor does: the wire, under each of its bases, and what is ours, in both worlds. */
function distributor(options: AppOptions): FastifyPluginAsync {
  return async (app) => {
    app.addHook('onRequest', requireAccepted);
    for (const { prefix, world } of BASES) {
      await app.register(liveRoute, { ...options, prefix });
      const wire = async (base: FastifyInstance): Promise<void> => {
        guard(base, requireDistributor(options, world));
        // What is live has no such hooks.
        if (world === 'sandbox') meetChaos(base, options);
        for (const routes of [countryRoutes, offerRoutes, transactionRoutes, supplierRoutes, publicKeyRoutes]) {
          await base.register(routes, options);
        }
      };
      await app.register(wire, { prefix });
    }
    await app.register(async (ours) => {
      guard(ours, requireDistributor(options, null));
      await ours.register(priceRoutes, options);
      await ours.register(attemptRoute, options);
      await ours.register(transactionTotalsRoute, options);
      await ours.register(reversalRequestRoutes, options);
      await ours.register(receiptRoutes, options);
      await ours.register(receiptSettingsRoutes, options);
      await ours.register(esimRoutes, options);
      await ours.register(ownDisputeRoutes, options);
      await ours.register(statementRoutes, options);
      await ours.register(offerStockRoute, options);
      await ours.register(ownRefillRoutes, options);
      await ours.register(sandboxClockRoutes, options);
      await ours.register(chaosRoutes, options);
      await ours.register(parkingRoutes, options);
      await ours.register(overviewRoute, options);
      await ours.register(alertRoutes, options);
      await ours.register(customerMessageRoutes, options);
      await ours.register(settingsRoutes, options);
      await ours.register(lookupRoutes, options);
      await ours.register(identificationRoutes, options);
      await ours.register(eventRoutes, options);
      await ours.register(webhookRoutes, options);
      await ours.register(simulatorRoute);
      await ours.register(staffRoutes, options);
      await ours.register(ownProviderRoutes, options);
      await ours.register(ownCredentialRoutes, options);
      await ours.register(agentRoutes, options);
      await ours.register(requestRoutes, options);
    });
  };
}
