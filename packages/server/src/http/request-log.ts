import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** The transaction the request made or repeated, for the log. */
    transactionId: string | null;
    /** Why the request was refused, for the log. */
    refusedBecause: string | null;
    /** The field, parameter or header that was wrong. */
    refusedField: string | null;
  }
}

type Child = Parameters<FastifyBaseLogger['child']>;

/** A logger that is made from another when something is written by it. */
interface LateChild extends FastifyBaseLogger {
  of: Child;
  made: FastifyBaseLogger | null;
}

const madeOf = (late: LateChild, logger: FastifyBaseLogger): FastifyBaseLogger => {
  late.made ??= logger.child(...late.of);
  return late.made;
};

/**
 * Makes what gives each request its logger: one that is made when something is written by it. To make one takes longer than the
 * one line that nearly every request leaves, and that names the request itself.
 */
export function lateChildren(logger: FastifyBaseLogger): (from: FastifyBaseLogger, ...of: Child) => FastifyBaseLogger {
  const shared = Object.create(logger) as LateChild;
  for (const level of ['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const) {
    shared[level] = function write(this: LateChild, ...line: [object]): void {
      madeOf(this, logger)[level](...line);
    };
  }
  shared.child = function child(this: LateChild, ...of: Child): FastifyBaseLogger {
    return madeOf(this, logger).child(...of);
  };
  return (_from, ...of) => Object.assign(Object.create(shared) as LateChild, { of, made: null });
}

/**
 * Logs one line for each request, and sends `X-Request-Id` with each answer. The line names the route, not the address:
 * addresses and bodies carry customers' numbers, which have no place in a log.
 * @param note told of each request that was answered
 */
export function logRequests(app: FastifyInstance, note: (request: FastifyRequest, reply: FastifyReply) => void): void {
  app.decorateRequest('transactionId', null);
  app.decorateRequest('refusedBecause', null);
  app.decorateRequest('refusedField', null);
  app.addHook('onRequest', (request, reply, done) => {
    void reply.header('X-Request-Id', request.id);
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    const { caller, transactionId, refusedBecause } = request;
    // Whoever calls too often could fill the disk as well.
    const level = refusedBecause === 'too_many_requests' ? 'debug' : 'info';
    app.log[level](
      {
        reqId: request.id,
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
    note(request, reply);
    done();
  });
}
