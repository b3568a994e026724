import { refuse } from '@opentopup/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { answerRefusal } from '../http/answers.ts';

const METHODS: HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * Answers that there is no such route: 405 where the path exists for other methods (named in `Allow`, RFC 9110), else
 * 404.
 */
function answerNotFound(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const url = request.url.split('?', 1)[0] ?? '';
  const allowed = METHODS.filter((method) => request.server.findRoute({ method, url }) !== null);
  if (allowed.length === 0) return answerRefusal(request, reply, refuse('not_found'));
  void reply.header('Allow', allowed.join(', '));
  return answerRefusal(request, reply, refuse('method_not_allowed'));
}

/** Answers what no route serves, before anything looks at its body: that it is wrong would say nothing. */
export function refuseUnknownRoutes(app: FastifyInstance): void {
  app.setNotFoundHandler(answerNotFound);
  app.addHook('onRequest', (request, reply, done) => {
    if (request.is404) answerNotFound(request, reply);
    else done();
  });
}
