import type { Socket } from 'node:net';
import { errorBody, type Refusal, refuse, ruleOf } from '@opentopup/contract';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { v7 } from 'uuid';
import { fail } from '../http/refusal-error.ts';

/** Says why Node.js could not make a request of what came. */
function refusalOf(code: string | undefined): Refusal {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return refuse('request_timeout');
    case 'HPE_HEADER_OVERFLOW':
      return refuse('malformed_request', { detail: 'its headers are too large' });
    default:
      return refuse('malformed_request', { detail: 'it is not HTTP as it should be' });
  }
}

/** Answers what never became a request, and so meets no route and no hook. It ends the connection. */
export function answerMalformed(log: FastifyBaseLogger, error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const refusal = refusalOf(error.code);
  const id = v7();
  const answer = errorBody(refusal, id, null);
  const body = JSON.stringify(answer);
  // Anybody can send nonsense without end, and it must not fill the disk.
  log.debug({ reqId: id, reason: refusal.reason, code: error.code }, 'what came is no request');
  const head = [
    `HTTP/1.1 ${ruleOf(refusal.reason).status} ${answer.message}`,
    `X-Request-Id: ${id}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}

/** A name or address, and perhaps a port. Two headers come as one, with a comma between (`joinDuplicateHeaders`). */
const HOST = /^(?:[\w.~%!$&'()*+;=-]*|\[[\dA-Fa-f:.]+\])(?::\d*)?$/;

/**
 * Answers what Node.js by itself would answer without a body, a missing `Host` and an `Expect` that it does not know;
 * or not at all: a `Host` that is none, or two of them, which each server on the way may read in its own way (RFC 9112,
 * 3.2).
 */
export function answerForNode(app: FastifyInstance): void {
  app.addHook('onRequest', ({ raw }, _reply, done) => {
    const { host } = raw.headers;
    if (host === undefined ? raw.httpVersion === '1.1' : !HOST.test(host)) fail('invalid_header', { field: 'Host' });
    done();
  });
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));
}
