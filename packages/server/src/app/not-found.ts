import { refuse } from '@opentopup/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import type { AppOptions } from '../app-options.ts';
import { answerRefusal } from '../http/answers.ts';
import { hasConsole, showNoSuchPage } from './console.routes.ts';

const METHODS: HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Tells whether somebody looks for a page: programs do not ask for HTML by its name. */
const wantsPage = ({ method, headers: { accept } }: FastifyRequest): boolean =>
  method === 'GET' && accept !== undefined && /\btext\/html\b/.test(accept);

/**
 * Answers that there is no such route: 405 where the path exists for other methods (named in `Allow`, RFC 9110), else
 * 404; with a page to whoever looks for one.
 */
function answerNotFound(request: FastifyRequest, reply: FastifyReply, consoleFolder: string | null): FastifyReply {
  const url = request.url.split('?', 1)[0] ?? '';
  const allowed = METHODS.filter((method) => request.server.findRoute({ method, url }) !== null);
  if (allowed.length === 0 && consoleFolder !== null && wantsPage(request)) return showNoSuchPage(reply, consoleFolder);
  if (allowed.length === 0) return answerRefusal(request, reply, refuse('not_found'));
  void reply.header('Allow', allowed.join(', '));
  return answerRefusal(request, reply, refuse('method_not_allowed'));
}

/** Answers what no route serves, before anything looks at its body: that it is wrong would say nothing. */
export function refuseUnknownRoutes(app: FastifyInstance, { consoleFolder }: AppOptions): void {
  const folder = hasConsole(consoleFolder) ? consoleFolder : null;
  const answer = (request: FastifyRequest, reply: FastifyReply) => answerNotFound(request, reply, folder);
  app.setNotFoundHandler(answer);
  app.addHook('onRequest', (request, reply, done) => {
    if (request.is404) answer(request, reply);
    else done();
  });
}
