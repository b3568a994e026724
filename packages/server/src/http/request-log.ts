import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** The transaction the request made or repeated, for the log. */
    transactionId: string | null;
    /** Why the request was refused, for the log. */
    refusedBecause: string | null;
  }
}

/**
 * Logs one line for each request, and sends `X-Request-Id` with each answer. The line names the route, not the address:
 * addresses and bodies carry customers' numbers, which have no place in a log.
 */
export function logRequests(app: FastifyInstance): void {
  app.decorateRequest('transactionId', null);
  app.decorateRequest('refusedBecause', null);
  app.addHook('onRequest', (request, reply, done) => {
    void reply.header('X-Request-Id', request.id);
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    const { caller, transactionId, refusedBecause } = request;
    // Whoever calls too often could fill the disk as well.
    const level = refusedBecause === 'too_many_requests' ? 'debug' : 'info';
    request.log[level](
      {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        ...(caller && { by: caller.actor }),
        ...(caller?.distributor && { distributor_id: caller.distributor.id }),
        ...(transactionId && { transaction_id: transactionId }),
        ...(refusedBecause && { reason: refusedBecause }),
      },
      'request',
    );
    done();
  });
}
