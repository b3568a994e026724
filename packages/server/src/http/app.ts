import { BASES, type World } from '@opentopup/contract';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyPluginAsync, LogController } from 'fastify';
import { v7 } from 'uuid';
import type { Flow } from '../flows/flow.ts';
import type { Query } from '../store/db.ts';
import { answerError, answerRefusal, refusalOf } from './answers.ts';
import { requireDistributor, requireOperator } from './auth.ts';
import { BODY_LIMIT, readJsonBodies, requireJsonAccepted } from './json-body.ts';
import { answerForNode, answerMalformed } from './malformed.ts';
import { refuseUnknownRoutes } from './not-found.ts';
import { logRequests } from './request-log.ts';
import { offerRoutes } from './routes/offers.ts';
import { referenceRoutes } from './routes/reference.ts';
import { healthRoutes, liveRoute } from './routes/service.ts';
import { stockRoutes } from './routes/stock.ts';
import { supplierRoutes } from './routes/suppliers.ts';
import { tokenRoute } from './routes/token.ts';
import { transactionRoutes } from './routes/transactions.ts';
import type { Tokens } from './tokens.ts';

export interface AppOptions {
  flow: Flow;
  /** For reads that need no flow. */
  db: Query;
  tokens: Tokens;
  /** True for a client whose tokens do not count any more. */
  isClosed: (client_id: string) => boolean;
  adminToken: string;
  /** How long an Idempotency-Key counts, in seconds. */
  idempotencyKeyLife_s: number;
  version: string;
}

/** How long a client may take to send its request, in milliseconds. */
const REQUEST_TIMEOUT_MS = 30_000;

/** The HTTP server, not yet listening. */
export async function createApp(options: AppOptions, logger: FastifyBaseLogger): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => v7(),
    requestIdHeader: false,
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: { requireHostHeader: false },
    clientErrorHandler: (error, socket) => answerMalformed(logger, error, socket),
    // While it drains, requests that were already on the way are still served.
    return503OnClosing: false,
    // Addresses that cannot be read never reach a hook.
    frameworkErrors: (error, request, reply) => {
      void reply.header('X-Request-Id', request.id);
      answerRefusal(request, reply, refusalOf(error));
    },
  });
  app.decorateRequest('caller', null);
  app.setErrorHandler(answerError);
  logRequests(app);
  answerForNode(app);
  refuseUnknownRoutes(app);
  endConnectionsOnClosing(app);
  readJsonBodies(app);

  await app.register(healthRoutes, options);
  await app.register(referenceRoutes, options);
  await app.register(tokenRoute, options);
  await app.register(operator(options));
  for (const { prefix, world } of BASES) {
    await app.register(wire(options, world), { prefix });
  }
  return app;
}

/** While the server drains, each answer is its connection's last: a client that keeps it open would delay the end. */
function endConnectionsOnClosing(app: FastifyInstance): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onSend', async (_request, reply) => {
    if (closing) void reply.header('Connection', 'close');
  });
}

/** The operations of the wire, under a base of this world. */
function wire(options: AppOptions, world: World): FastifyPluginAsync {
  return async (base) => {
    base.addHook('onRequest', requireJsonAccepted);
    await base.register(liveRoute, options);
    await base.register(async (app) => {
      app.addHook('onRequest', requireDistributor(options, world));
      await app.register(offerRoutes, options);
      await app.register(transactionRoutes, options);
      await app.register(supplierRoutes, options);
    });
  };
}

/** What the operator does. */
function operator(options: AppOptions): FastifyPluginAsync {
  return async (app) => {
    app.addHook('onRequest', requireOperator(options));
    await app.register(stockRoutes, options);
  };
}
